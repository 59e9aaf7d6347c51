package com.acme.orders.domain;

/** So many of one article. */
public record OrderLine(Sku sku, int quantity) {
  public static final int MAX_QUANTITY = 999;

  public OrderLine {
    if (quantity < 1 || quantity > MAX_QUANTITY) {
      throw new IllegalArgumentException("quantity must be 1 to " + MAX_QUANTITY);
    }
  }
}
