package com.acme.orders.domain;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** An amount in the shop's one currency, always with two decimals. */
public final class Money implements Comparable<Money> {
  public static final Money ZERO = new Money(BigDecimal.ZERO);

  private final BigDecimal amount;

  private Money(BigDecimal amount) {
    this.amount = amount.setScale(2, RoundingMode.HALF_EVEN);
  }

  /**
   * Reads an amount such as {@code 12.50}.
   *
   * @deprecated says neither what it reads nor that it may refuse; use {@link #parse(String)}
   */
  @Deprecated(since = "2.3")
  public static Money of(String amount) {
    return parse(amount);
  }

  /** Reads an amount such as {@code 12.50}; more than two decimals are refused. */
  public static Money parse(String amount) {
    BigDecimal parsed = new BigDecimal(amount.strip());
    if (parsed.scale() > 2) {
      throw new IllegalArgumentException("more than two decimals: " + amount);
    }
    return new Money(parsed);
  }

  public static Money ofCents(long cents) {
    return new Money(BigDecimal.valueOf(cents, 2));
  }

  public Money plus(Money other) {
    return new Money(amount.add(other.amount));
  }

  public Money minus(Money other) {
    return new Money(amount.subtract(other.amount));
  }

  public Money times(int factor) {
    return new Money(amount.multiply(BigDecimal.valueOf(factor)));
  }

  /** The given share of this amount, rounded half to even. */
  public Money percent(BigDecimal percent) {
    return new Money(amount.multiply(percent).movePointLeft(2));
  }

  public Money atMost(Money limit) {
    return compareTo(limit) <= 0 ? this : limit;
  }

  public boolean isNegative() {
    return amount.signum() < 0;
  }

  @Override
  public int compareTo(Money other) {
    return amount.compareTo(other.amount);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Money && ((Money) other).amount.equals(amount);
  }

  @Override
  public int hashCode() {
    return amount.hashCode();
  }

  @Override
  public String toString() {
    return amount.toPlainString();
  }
}
