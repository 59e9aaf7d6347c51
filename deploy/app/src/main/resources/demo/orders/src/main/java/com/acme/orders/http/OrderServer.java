package com.acme.orders.http;

import com.acme.orders.OrderService;
import com.acme.orders.UnknownOrder;
import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import com.acme.orders.persistence.Page;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.Collectors;

/** Orders over HTTP: {@code GET /orders?page=N}, {@code GET /orders/N}, {@code DELETE /orders/N}. */
public final class OrderServer implements AutoCloseable {
  private static final String PATH = "/orders";

  private final HttpServer server;
  private final OrderService service;
  private final int pageSize;

  private OrderServer(HttpServer server, OrderService service, int pageSize) {
    this.server = server;
    this.service = service;
    this.pageSize = pageSize;
  }

  public static OrderServer start(OrderService service, int port, int pageSize)
      throws IOException {
    HttpServer http =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 0);
    OrderServer server = new OrderServer(http, service, pageSize);
    http.createContext(PATH, server::handle);
    http.start();
    return server;
  }

  public int port() {
    return server.getAddress().getPort();
  }

  @Override
  public void close() {
    server.stop(0);
  }

  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      try {
        answer(exchange);
      } catch (UnknownOrder e) {
        send(exchange, 404, Json.error(e.getMessage()));
      } catch (IllegalStateException e) {
        send(exchange, 409, Json.error(e.getMessage()));
      } catch (IllegalArgumentException e) {
        send(exchange, 400, Json.error(e.getMessage()));
      }
    }
  }

  private void answer(HttpExchange exchange) throws IOException {
    String rest = exchange.getRequestURI().getPath().substring(PATH.length());
    switch (exchange.getRequestMethod()) {
      case "GET" -> send(exchange, 200, rest.length() > 1 ? one(rest) : list(exchange));
      case "DELETE" -> send(exchange, 200, Json.order(service.cancel(id(rest))));
      default -> send(exchange, 405, Json.error("use GET or DELETE"));
    }
  }

  private String one(String rest) {
    OrderId id = id(rest);
    return Json.order(service.find(id).orElseThrow(() -> new UnknownOrder(id)));
  }

  private String list(HttpExchange exchange) {
    String query = exchange.getRequestURI().getQuery();
    int number =
        query != null && query.startsWith("page=") ? Integer.parseInt(query.substring(5)) : 1;
    Page<Order> page = service.list(number, pageSize);
    List<String> orders = page.items().stream().map(Json::order).collect(Collectors.toList());
    return Json.page(orders, page.number(), page.hasNext());
  }

  private static OrderId id(String rest) {
    return new OrderId(Long.parseLong(rest.substring(1)));
  }

  private static void send(HttpExchange exchange, int status, String body) throws IOException {
    byte[] bytes = body.getBytes(StandardCharsets.UTF_8);
    exchange.getResponseHeaders().set("Content-Type", "application/json");
    exchange.sendResponseHeaders(status, bytes.length);
    exchange.getResponseBody().write(bytes);
  }
}
