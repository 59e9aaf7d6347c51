package com.acme.orders.pricing;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import java.util.List;

/** Adds up what an order costs. Only the best discount counts. */
public final class PriceCalculator {
  private final PriceList prices;
  private final TaxTable taxes;
  private final Shipping shipping;
  private final List<Discount> discounts;

  public PriceCalculator(
      PriceList prices, TaxTable taxes, Shipping shipping, List<Discount> discounts) {
    this.prices = prices;
    this.taxes = taxes;
    this.shipping = shipping;
    this.discounts = List.copyOf(discounts);
  }

  public static PriceCalculator standard() {
    return new PriceCalculator(
        PriceList.standard(),
        new TaxTable(),
        new Shipping(),
        List.of(new BulkDiscount(), new LoyaltyDiscount()));
  }

  public Quote quote(Customer customer, List<OrderLine> lines) {
    Money goods = Money.ZERO;
    Money tax = Money.ZERO;
    for (OrderLine line : lines) {
      Money net = prices.priceOf(line.sku()).times(line.quantity());
      goods = goods.plus(net);
      tax = tax.plus(taxes.taxOn(line.sku(), net));
    }
    Money best = Money.ZERO;
    for (Discount discount : discounts) {
      Money offered = discount.discount(customer, lines, goods);
      best = offered.compareTo(best) > 0 ? offered : best;
    }
    return new Quote(goods, best, tax, shipping.feeFor(goods));
  }
}
