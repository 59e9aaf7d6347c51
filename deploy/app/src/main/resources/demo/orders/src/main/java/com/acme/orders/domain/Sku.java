package com.acme.orders.domain;

/** The code of an article, such as {@code TEA-001}. */
public record Sku(String code) {
  public Sku {
    if (!code.matches("[A-Z]{2,6}-[0-9]{3}")) {
      throw new IllegalArgumentException("not an article code: " + code);
    }
  }
}
