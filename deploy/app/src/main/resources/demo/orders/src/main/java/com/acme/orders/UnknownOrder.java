package com.acme.orders;

import com.acme.orders.domain.OrderId;

/** There is no order of this number. */
public final class UnknownOrder extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownOrder(OrderId id) {
    super("no order " + id.value());
  }
}
