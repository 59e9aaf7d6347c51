package com.acme.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.List;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static final Customer ADA = new Customer("Ada", "ada@example.com", 3);

  @Test
  void counts_its_pieces() {
    assertEquals(5, order().pieces());
  }

  @Test
  void moves_forward_only() {
    Order shipped = order().become(OrderStatus.PAID).become(OrderStatus.SHIPPED);

    assertThrows(IllegalStateException.class, () -> shipped.become(OrderStatus.CANCELLED));
  }

  @Test
  void never_costs_less_than_nothing() {
    assertThrows(
        IllegalArgumentException.class,
        () ->
            new Order(
                new OrderId(1), ADA, order().lines(), Money.of("-0.01"), OrderStatus.PLACED));
  }

  private static Order order() {
    List<OrderLine> lines =
        List.of(new OrderLine(new Sku("TEA-001"), 2), new OrderLine(new Sku("CUP-001"), 3));
    return new Order(new OrderId(1), ADA, lines, Money.of("45.80"), OrderStatus.PLACED);
  }
}
