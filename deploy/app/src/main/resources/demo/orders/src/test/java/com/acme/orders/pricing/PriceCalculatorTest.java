package com.acme.orders.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.Sku;
import java.util.List;
import org.junit.jupiter.api.Test;

class PriceCalculatorTest {
  private static final Customer ADA = new Customer("Ada", "ada@example.com", 3);

  private final PriceCalculator prices = PriceCalculator.standard();

  @Test
  void adds_goods_tax_and_shipping() {
    Quote quote = prices.quote(ADA, List.of(new OrderLine(new Sku("TEA-001"), 2)));

    assertEquals(Money.of("9.80"), quote.goods());
    assertEquals(Money.of("0.29"), quote.discount());
    assertEquals(Money.of("0.69"), quote.tax());
    assertEquals(Money.of("4.50"), quote.shipping());
    assertEquals(Money.of("14.70"), quote.total());
  }

  @Test
  void only_the_best_discount_counts() {
    Quote quote = prices.quote(ADA, List.of(new OrderLine(new Sku("CUP-001"), 12)));

    assertEquals(Money.of("7.20"), quote.discount());
    assertEquals(Money.ZERO, quote.shipping());
  }

  @Test
  void an_unknown_article_has_no_price() {
    assertThrows(
        UnknownArticle.class,
        () -> prices.quote(ADA, List.of(new OrderLine(new Sku("HAT-001"), 1))));
  }
}
