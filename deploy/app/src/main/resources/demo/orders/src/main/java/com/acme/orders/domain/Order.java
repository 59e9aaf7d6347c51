package com.acme.orders.domain;

import java.util.List;

/** What a customer ordered, what it costs and where it stands. */
public record Order(
    OrderId id, Customer customer, List<OrderLine> lines, Money total, OrderStatus status) {
  public Order {
    lines = List.copyOf(lines);
    if (lines.isEmpty()) {
      throw new IllegalArgumentException("an order has at least one line");
    }
    if (total.isNegative()) {
      throw new IllegalArgumentException("an order never costs less than nothing");
    }
  }

  public Order become(OrderStatus next) {
    if (!status.mayBecome(next)) {
      throw new IllegalStateException("order " + id.value() + " is " + status + ", not " + next);
    }
    return new Order(id, customer, lines, total, next);
  }

  public int pieces() {
    return lines.stream().mapToInt(OrderLine::quantity).sum();
  }
}
