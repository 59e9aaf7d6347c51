package com.acme.orders.persistence;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.OrderStatus;
import com.acme.orders.domain.Sku;
import java.util.List;
import org.junit.jupiter.api.Test;

class InMemoryOrderRepositoryTest {
  private final InMemoryOrderRepository orders = new InMemoryOrderRepository();

  @Test
  void finds_what_was_saved() {
    Order order = save();

    assertEquals(order, orders.find(order.id()).orElseThrow());
    assertTrue(orders.find(new OrderId(99)).isEmpty());
  }

  @Test
  void lists_the_oldest_first() {
    save();
    save();
    save();

    Page<Order> page = orders.page(1, 2);

    assertEquals(new OrderId(1), page.items().get(0).id());
    assertEquals(3, page.total());
    assertTrue(page.hasNext());
  }

  private Order save() {
    Customer ada = new Customer("Ada", "ada@example.com", 0);
    List<OrderLine> lines = List.of(new OrderLine(new Sku("TEA-001"), 1));
    Order order =
        new Order(orders.nextId(), ada, lines, Money.of("9.74"), OrderStatus.PLACED);
    orders.save(order);
    return order;
  }
}
