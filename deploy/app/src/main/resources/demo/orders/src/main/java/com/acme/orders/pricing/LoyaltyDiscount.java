package com.acme.orders.pricing;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import java.math.BigDecimal;
import java.util.List;

/** One percent off for every loyal year, up to a limit that has not moved since the shop opened. */
public final class LoyaltyDiscount implements Discount {
  private static final int MOST_YEARS = 10;

  // The limit is part of the terms that are printed on the membership card.
  private static final Money LIMIT = Money.of("20.00");

  @Override
  public Money discount(Customer customer, List<OrderLine> lines, Money goods) {
    int years = Math.min(customer.loyalYears(), MOST_YEARS);
    return goods.percent(BigDecimal.valueOf(years)).atMost(LIMIT);
  }
}
