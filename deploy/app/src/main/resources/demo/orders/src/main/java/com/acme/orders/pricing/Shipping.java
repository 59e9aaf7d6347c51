package com.acme.orders.pricing;

import com.acme.orders.domain.Money;

/** What sending a parcel costs: nothing for larger orders. */
public final class Shipping {
  private static final Money FEE = Money.of("4.50");
  private static final Money FREE_FROM = Money.of("60.00");

  public Money feeFor(Money goods) {
    return goods.compareTo(FREE_FROM) >= 0 ? Money.ZERO : FEE;
  }
}
