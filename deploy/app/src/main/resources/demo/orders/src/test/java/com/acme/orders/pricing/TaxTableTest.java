package com.acme.orders.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.orders.domain.Money;
import com.acme.orders.domain.Sku;
import org.junit.jupiter.api.Test;

class TaxTableTest {
  private final TaxTable taxes = new TaxTable();

  @Test
  void food_is_taxed_lower() {
    assertEquals(Money.of("7.00"), taxes.taxOn(new Sku("TEA-002"), Money.of("100.00")));
    assertEquals(Money.of("19.00"), taxes.taxOn(new Sku("CUP-001"), Money.of("100.00")));
  }

  @Test
  void what_is_not_listed_is_taxed_in_full() {
    assertEquals(Money.of("1.90"), taxes.taxOn(new Sku("POT-001"), Money.of("10.00")));
  }
}
