package com.acme.orders;

import com.acme.orders.domain.Customer;
import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.OrderStatus;
import com.acme.orders.inventory.Warehouse;
import com.acme.orders.persistence.OrderRepository;
import com.acme.orders.persistence.Page;
import com.acme.orders.pricing.PriceCalculator;
import com.acme.orders.pricing.Quote;
import java.util.List;
import java.util.Optional;

/** What the shop does with orders. */
public final class OrderService {
  private final OrderRepository orders;
  private final Warehouse warehouse;
  private final PriceCalculator prices;

  public OrderService(OrderRepository orders, Warehouse warehouse, PriceCalculator prices) {
    this.orders = orders;
    this.warehouse = warehouse;
    this.prices = prices;
  }

  public Order place(Customer customer, List<OrderLine> lines) {
    Quote quote = prices.quote(customer, lines);
    warehouse.take(lines);
    Order order =
        new Order(orders.nextId(), customer, lines, quote.total(), OrderStatus.PLACED);
    orders.save(order);
    return order;
  }

  public Order cancel(OrderId id) {
    Order order = orders.find(id).orElseThrow(() -> new UnknownOrder(id));
    Order cancelled = order.become(OrderStatus.CANCELLED);
    orders.save(cancelled);
    warehouse.giveBack(order.lines());
    return cancelled;
  }

  public Optional<Order> find(OrderId id) {
    return orders.find(id);
  }

  public Page<Order> list(int page, int size) {
    return orders.page(page, size);
  }
}
