package com.acme.orders.pricing;

import com.acme.orders.domain.Sku;

/** An article the shop does not sell. */
public final class UnknownArticle extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public UnknownArticle(Sku sku) {
    super("no article " + sku.code());
  }
}
