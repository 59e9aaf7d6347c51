package com.acme.orders.inventory;

import com.acme.orders.domain.OrderLine;
import com.acme.orders.domain.Sku;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** How many pieces are left. An order takes all of its lines or none. */
public final class Warehouse {
  private final Map<Sku, Integer> stock = new HashMap<>();

  public synchronized void receive(Sku sku, int pieces) {
    stock.merge(sku, pieces, Integer::sum);
  }

  public synchronized int left(Sku sku) {
    return stock.getOrDefault(sku, 0);
  }

  public synchronized void take(List<OrderLine> lines) {
    Map<Sku, Integer> wanted = new HashMap<>();
    lines.forEach(line -> wanted.merge(line.sku(), line.quantity(), Integer::sum));
    wanted.forEach(
        (sku, pieces) -> {
          if (left(sku) < pieces) {
            throw new OutOfStock(sku, pieces, left(sku));
          }
        });
    wanted.forEach((sku, pieces) -> stock.merge(sku, -pieces, Integer::sum));
  }

  public synchronized void giveBack(List<OrderLine> lines) {
    lines.forEach(line -> receive(line.sku(), line.quantity()));
  }
}
