package com.acme.orders.pricing;

import com.acme.orders.domain.Money;

/** How a price comes about. */
public record Quote(Money goods, Money discount, Money tax, Money shipping) {
  public Money total() {
    return goods.minus(discount).plus(tax).plus(shipping);
  }
}
