package com.acme.orders.domain;

/** The number of an order, counted from one. */
public record OrderId(long value) implements Comparable<OrderId> {
  public OrderId {
    if (value < 1) {
      throw new IllegalArgumentException("order numbers start at 1: " + value);
    }
  }

  @Override
  public int compareTo(OrderId other) {
    return Long.compare(value, other.value);
  }
}
