package com.acme.orders.pricing;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import java.math.BigDecimal;
import java.util.List;

/** Five percent off from a dozen pieces, up to a limit. */
public final class BulkDiscount implements Discount {
  static final int PIECES = 12;
  private static final BigDecimal PERCENT = BigDecimal.valueOf(5);
  private static final Money LIMIT = Money.of("50.00");

  @Override
  public Money discount(Customer customer, List<OrderLine> lines, Money goods) {
    int pieces = lines.stream().mapToInt(OrderLine::quantity).sum();
    return pieces >= PIECES ? goods.percent(PERCENT).atMost(LIMIT) : Money.ZERO;
  }
}
