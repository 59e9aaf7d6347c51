package com.acme.orders.domain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.math.BigDecimal;
import org.junit.jupiter.api.Test;

class MoneyTest {
  @Test
  void adds_and_subtracts_exactly() {
    assertEquals(Money.of("0.30"), Money.of("0.10").plus(Money.of("0.20")));
    assertTrue(Money.of("1.00").minus(Money.of("1.01")).isNegative());
  }

  @Test
  void a_percentage_is_rounded_half_to_even() {
    assertEquals(Money.of("0.02"), Money.of("0.50").percent(BigDecimal.valueOf(5)));
    assertEquals(Money.of("0.08"), Money.of("1.50").percent(BigDecimal.valueOf(5)));
  }

  @Test
  void always_has_two_decimals() {
    assertEquals("5.00", Money.of("5").toString());
    assertEquals("0.05", Money.ofCents(5).toString());
  }

  @Test
  void more_than_two_decimals_are_refused() {
    assertThrows(IllegalArgumentException.class, () -> Money.of("1.005"));
  }
}
