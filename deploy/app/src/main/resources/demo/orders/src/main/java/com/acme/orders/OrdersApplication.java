package com.acme.orders;

import com.acme.orders.domain.Sku;
import com.acme.orders.http.OrderServer;
import com.acme.orders.inventory.Warehouse;
import com.acme.orders.persistence.InMemoryOrderRepository;
import com.acme.orders.pricing.PriceCalculator;
import java.io.IOException;

/** Starts the service. */
public final class OrdersApplication {
  private OrdersApplication() {}

  public static void main(String[] args) throws IOException {
    Settings settings = Settings.load();
    Warehouse warehouse = new Warehouse();
    warehouse.receive(new Sku("TEA-001"), 500);
    warehouse.receive(new Sku("CUP-001"), 40);
    OrderService service =
        new OrderService(new InMemoryOrderRepository(), warehouse, PriceCalculator.standard());
    OrderServer server = OrderServer.start(service, settings.port(), settings.pageSize());
    System.out.println("orders listens on port " + server.port());
  }
}
