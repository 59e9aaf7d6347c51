package com.acme.orders.http;

import com.acme.orders.domain.Order;
import java.util.List;
import org.apache.commons.text.StringEscapeUtils;

/** The few JSON documents the service sends. */
final class Json {
  private Json() {}

  static String order(Order order) {
    return "{\"id\":%d,\"customer\":%s,\"pieces\":%d,\"total\":%s,\"status\":%s}"
        .formatted(
            order.id().value(),
            text(order.customer().name()),
            order.pieces(),
            text(order.total().toString()),
            text(order.status().name()));
  }

  static String page(List<String> orders, int number, boolean more) {
    return "{\"page\":%d,\"more\":%b,\"orders\":[%s]}"
        .formatted(number, more, String.join(",", orders));
  }

  static String error(String message) {
    return "{\"error\":" + text(String.valueOf(message)) + "}";
  }

  private static String text(String value) {
    return '"' + StringEscapeUtils.escapeJson(value) + '"';
  }
}
