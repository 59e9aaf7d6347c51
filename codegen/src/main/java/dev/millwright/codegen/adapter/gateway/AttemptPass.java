package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.port.ModelGateway;
import dev.millwright.shared.workitem.Usage;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// One attempt's right to models, and the count of what it used.
final class AttemptPass implements ModelGateway.Pass {
  private final String token;
  private final Way way;
  private final List<Upstream> models;
  private final Spending budget;
  private final Clock clock;
  private final Runnable whenClosed;
  private Usage spent = Usage.NONE;
  private long replies;
  private Optional<ModelGateway.Trouble> trouble = Optional.empty();
  private volatile Instant lastTraffic;
  private volatile boolean closed;

  AttemptPass(
      String token,
      Way way,
      List<Upstream> models,
      Spending budget,
      Clock clock,
      Runnable whenClosed) {
    this.token = token;
    this.way = way;
    this.models = List.copyOf(models);
    this.budget = budget;
    this.clock = clock;
    this.whenClosed = whenClosed;
    this.lastTraffic = clock.instant();
  }

  /// How the gateway is reached: from a sandbox through its door, from elsewhere at its address.
  record Way(Door door, String url) {}

  List<Upstream> models(Wire wire) {
    return models.stream().filter(model -> model.wire() == wire).toList();
  }

  Spending budget() {
    return budget;
  }

  boolean closed() {
    return closed;
  }

  void traffic() {
    lastTraffic = clock.instant();
  }

  synchronized void replied(Wire.Tokens tokens, long microDollars) {
    replies++;
    trouble = Optional.empty();
    spent = spent.plus(new Usage(tokens.input(), tokens.output(), microDollars, Duration.ZERO));
  }

  synchronized void failed(ModelGateway.Trouble found) {
    trouble = Optional.of(found);
  }

  @Override
  public String token() {
    return token;
  }

  @Override
  public Path doors() {
    return way.door().folder();
  }

  @Override
  public String url() {
    return way.url();
  }

  @Override
  public synchronized long replies() {
    return replies;
  }

  @Override
  public synchronized Usage spent() {
    return spent;
  }

  @Override
  public Instant lastTraffic() {
    return lastTraffic;
  }

  @Override
  public synchronized Optional<ModelGateway.Trouble> trouble() {
    return trouble;
  }

  @Override
  public void close() {
    closed = true;
    whenClosed.run();
    way.door().close();
  }
}
