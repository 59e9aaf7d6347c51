package com.acme.orders.domain;

/** Where an order stands. It only ever moves forward, or is cancelled before it is shipped. */
public enum OrderStatus {
  PLACED,
  PAID,
  SHIPPED,
  CANCELLED;

  public boolean mayBecome(OrderStatus next) {
    return switch (this) {
      case PLACED -> next == PAID || next == CANCELLED;
      case PAID -> next == SHIPPED || next == CANCELLED;
      case SHIPPED, CANCELLED -> false;
    };
  }
}
