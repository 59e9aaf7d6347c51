package com.acme.orders.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.orders.domain.Money;
import org.junit.jupiter.api.Test;

class ShippingTest {
  @Test
  void large_orders_are_sent_free() {
    assertEquals(Money.of("4.50"), new Shipping().feeFor(Money.of("59.99")));
    assertEquals(Money.ZERO, new Shipping().feeFor(Money.of("60.00")));
  }
}
