package com.acme.orders;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.OrderStatus;
import com.acme.orders.domain.Sku;
import com.acme.orders.inventory.OutOfStock;
import com.acme.orders.inventory.Warehouse;
import com.acme.orders.persistence.InMemoryOrderRepository;
import com.acme.orders.pricing.PriceCalculator;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class OrderServiceTest {
  private static final Customer ADA = new Customer("Ada", "ada@example.com", 0);
  private static final Sku TEA = new Sku("TEA-001");

  private final Warehouse warehouse = new Warehouse();
  private final OrderService service =
      new OrderService(new InMemoryOrderRepository(), warehouse, PriceCalculator.standard());

  @BeforeEach
  void fill() {
    warehouse.receive(TEA, 10);
  }

  @Test
  void placing_an_order_prices_it_and_takes_the_goods() {
    Order order = service.place(ADA, List.of(new OrderLine(TEA, 2)));

    assertEquals(Money.of("14.99"), order.total());
    assertEquals(8, warehouse.left(TEA));
    assertEquals(List.of(order), service.list(1, 10).items());
  }

  @Test
  void an_order_that_cannot_be_filled_is_not_kept() {
    assertThrows(OutOfStock.class, () -> service.place(ADA, List.of(new OrderLine(TEA, 11))));

    assertEquals(0, service.list(1, 10).total());
  }

  @Test
  void cancelling_gives_the_goods_back() {
    Order order = service.place(ADA, List.of(new OrderLine(TEA, 4)));

    assertEquals(OrderStatus.CANCELLED, service.cancel(order.id()).status());
    assertEquals(10, warehouse.left(TEA));
    assertThrows(UnknownOrder.class, () -> service.cancel(new OrderId(99)));
  }
}
