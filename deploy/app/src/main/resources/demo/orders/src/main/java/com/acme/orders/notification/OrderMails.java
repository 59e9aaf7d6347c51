package com.acme.orders.notification;

import com.acme.orders.domain.Order;
import java.util.Map;
import org.apache.commons.text.StringSubstitutor;
import org.apache.commons.text.WordUtils;

/** The letters customers get. */
public final class OrderMails {
  private static final int WIDTH = 60;
  private static final String CONFIRMATION =
      "Dear ${name}, thank you for your order ${id} of ${pieces} pieces."
          + " The total is ${total}. We will write again once your parcel is on its way.";

  public String confirmation(Order order) {
    Map<String, String> values =
        Map.of(
            "name", WordUtils.capitalizeFully(order.customer().name()),
            "id", String.valueOf(order.id().value()),
            "pieces", String.valueOf(order.pieces()),
            "total", order.total().toString());
    return WordUtils.wrap(new StringSubstitutor(values).replace(CONFIRMATION), WIDTH, "\n", false);
  }
}
