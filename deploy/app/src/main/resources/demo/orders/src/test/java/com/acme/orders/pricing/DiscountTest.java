package com.acme.orders.pricing;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.Sku;
import java.util.List;
import org.junit.jupiter.api.Test;

class DiscountTest {
  private static final Customer NEW = new Customer("Ada", "ada@example.com", 0);
  private static final Customer OLD = new Customer("Bob", "bob@example.com", 25);

  @Test
  void a_dozen_pieces_are_bulk() {
    assertEquals(Money.of("5.00"), bulk(12, "100.00"));
    assertEquals(Money.ZERO, bulk(11, "100.00"));
  }

  @Test
  void a_bulk_discount_has_a_limit() {
    assertEquals(Money.of("50.00"), bulk(500, "9000.00"));
  }

  @Test
  void loyalty_counts_ten_years_at_most() {
    Money goods = Money.of("100.00");

    assertEquals(Money.of("10.00"), new LoyaltyDiscount().discount(OLD, lines(1), goods));
    assertEquals(Money.ZERO, new LoyaltyDiscount().discount(NEW, lines(1), goods));
  }

  private static Money bulk(int pieces, String goods) {
    return new BulkDiscount().discount(NEW, lines(pieces), Money.of(goods));
  }

  private static List<OrderLine> lines(int pieces) {
    return List.of(new OrderLine(new Sku("TEA-001"), pieces));
  }
}
