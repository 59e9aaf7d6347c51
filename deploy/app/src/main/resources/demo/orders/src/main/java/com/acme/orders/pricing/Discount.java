package com.acme.orders.pricing;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Money;
import com.acme.orders.domain.OrderLine;
import java.util.List;

/** One reason to take something off the price. */
public interface Discount {
  Money discount(Customer customer, List<OrderLine> lines, Money goods);
}
