package com.acme.orders.http;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.orders.OrderService;
import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.Sku;
import com.acme.orders.inventory.Warehouse;
import com.acme.orders.persistence.InMemoryOrderRepository;
import com.acme.orders.pricing.PriceCalculator;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderServerTest {
  private final HttpClient client = HttpClient.newHttpClient();
  private OrderServer server;

  @BeforeEach
  void start() throws IOException {
    Sku cup = new Sku("CUP-001");
    Warehouse warehouse = new Warehouse();
    warehouse.receive(cup, 40);
    OrderService service =
        new OrderService(new InMemoryOrderRepository(), warehouse, PriceCalculator.standard());
    for (int i = 0; i < 5; i++) {
      service.place(new Customer("Ada \"A\"", "ada@example.com", 0), List.of(new OrderLine(cup, 1)));
    }
    server = OrderServer.start(service, 0, 2);
  }

  @AfterEach
  void stop() {
    server.close();
  }

  @Test
  void lists_a_page() throws Exception {
    String body = send("GET", "/orders?page=3").body();

    assertTrue(body.startsWith("{\"page\":3,\"more\":false,\"orders\":[{\"id\":5,"), body);
  }

  @Test
  void shows_one_order() throws Exception {
    String body = send("GET", "/orders/1").body();

    assertTrue(body.contains("\"customer\":\"Ada \\\"A\\\"\""), body);
    assertTrue(body.contains("\"total\":\"" + Money.of("18.78") + "\""), body);
  }

  @Test
  void cancels_once() throws Exception {
    assertEquals(200, send("DELETE", "/orders/2").statusCode());
    assertEquals(409, send("DELETE", "/orders/2").statusCode());
  }

  @Test
  void says_what_is_wrong() throws Exception {
    assertEquals(404, send("GET", "/orders/99").statusCode());
    assertEquals(400, send("GET", "/orders/x").statusCode());
    assertEquals(405, send("PUT", "/orders/1").statusCode());
  }

  private HttpResponse<String> send(String method, String path) throws Exception {
    URI uri = URI.create("http://127.0.0.1:" + server.port() + path);
    HttpRequest request =
        HttpRequest.newBuilder(uri).method(method, HttpRequest.BodyPublishers.noBody()).build();
    return client.send(request, HttpResponse.BodyHandlers.ofString());
  }
}
