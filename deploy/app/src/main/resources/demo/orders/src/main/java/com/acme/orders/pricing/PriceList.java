package com.acme.orders.pricing;

import com.acme.orders.domain.Money;
import com.acme.orders.domain.Sku;
import java.util.LinkedHashMap;
import java.util.Map;

/** What each article costs before discounts and tax. */
public final class PriceList {
  private final Map<Sku, Money> prices;

  public PriceList(Map<Sku, Money> prices) {
    this.prices = Map.copyOf(prices);
  }

  /** The articles of the tea shop. */
  public static PriceList standard() {
    Map<Sku, Money> prices = new LinkedHashMap<>();
    prices.put(new Sku("TEA-001"), Money.of("4.90"));
    prices.put(new Sku("TEA-002"), Money.of("6.50"));
    prices.put(new Sku("CUP-001"), Money.of("12.00"));
    prices.put(new Sku("POT-001"), Money.of("39.95"));
    return new PriceList(prices);
  }

  public Money priceOf(Sku sku) {
    Money price = prices.get(sku);
    if (price == null) {
      throw new UnknownArticle(sku);
    }
    return price;
  }
}
