package com.acme.orders.domain;

/** Who orders, and for how many years they have. */
public record Customer(String name, String email, int loyalYears) {
  public Customer {
    if (name.isBlank() || !email.contains("@")) {
      throw new IllegalArgumentException("a customer has a name and an address");
    }
    if (loyalYears < 0) {
      throw new IllegalArgumentException("loyal years: " + loyalYears);
    }
  }
}
