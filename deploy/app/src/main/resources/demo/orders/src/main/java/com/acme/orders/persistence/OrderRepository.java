package com.acme.orders.persistence;

import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import java.util.Optional;

/** Where orders are kept. */
public interface OrderRepository {
  OrderId nextId();

  void save(Order order);

  Optional<Order> find(OrderId id);

  /** One page of all orders, oldest first; pages are counted from one. */
  Page<Order> page(int number, int size);
}
