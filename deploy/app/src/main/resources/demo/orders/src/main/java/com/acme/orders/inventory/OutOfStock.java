package com.acme.orders.inventory;

import com.acme.orders.domain.Sku;

/** Fewer pieces are left than were asked for. */
public final class OutOfStock extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public OutOfStock(Sku sku, int wanted, int left) {
    super(wanted + " of " + sku.code() + " wanted, " + left + " left");
  }
}
