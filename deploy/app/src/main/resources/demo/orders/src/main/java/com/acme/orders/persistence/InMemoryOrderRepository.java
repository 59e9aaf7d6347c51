package com.acme.orders.persistence;

import com.acme.orders.domain.Order;
import com.acme.orders.domain.OrderId;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** Keeps orders for as long as the service runs. */
public final class InMemoryOrderRepository implements OrderRepository {
  private final ConcurrentSkipListMap<OrderId, Order> orders = new ConcurrentSkipListMap<>();
  private final AtomicLong last = new AtomicLong();

  @Override
  public OrderId nextId() {
    return new OrderId(last.incrementAndGet());
  }

  @Override
  public void save(Order order) {
    orders.put(order.id(), order);
  }

  @Override
  public Optional<Order> find(OrderId id) {
    return Optional.ofNullable(orders.get(id));
  }

  @Override
  public Page<Order> page(int number, int size) {
    return Page.of(List.copyOf(orders.values()), number, size);
  }
}
