package com.acme.orders.pricing;

import com.acme.orders.domain.Money;
import com.acme.orders.domain.Sku;
import java.math.BigDecimal;
import java.util.Map;

/** Food is taxed lower than crockery. */
public final class TaxTable {
  private static final Map<String, BigDecimal> PERCENT =
      Map.of("TEA", BigDecimal.valueOf(7), "CUP", BigDecimal.valueOf(19));
  private static final BigDecimal OTHERWISE = BigDecimal.valueOf(19);

  public Money taxOn(Sku sku, Money net) {
    String group = sku.code().substring(0, sku.code().indexOf('-'));
    return net.percent(PERCENT.getOrDefault(group, OTHERWISE));
  }
}
