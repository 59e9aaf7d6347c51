package dev.millwright.codegen.adapter.gateway;

import dev.millwright.codegen.port.ModelGateway;
import dev.millwright.shared.workitem.Usage;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/// One session's right to models, and the count of what it used.
final class AttemptPass implements ModelGateway.Pass {
  private final Way way;
  private final List<Upstream> models;
  private final Budgets.Purse purse;
  private final Exchanges exchanges;
  private final InstantSource clock;
  private final Runnable whenClosed;
  private final Set<InputStream> answers = ConcurrentHashMap.newKeySet();
  private Usage spent = Usage.NONE;
  private long replies;
  private Optional<ModelGateway.Trouble> trouble = Optional.empty();
  private volatile Instant lastTraffic;
  private volatile boolean closed;

  AttemptPass(
      Way way,
      List<Upstream> models,
      Budgets.Purse purse,
      Exchanges exchanges,
      InstantSource clock,
      Runnable whenClosed) {
    this.way = way;
    this.models = List.copyOf(models);
    this.purse = purse;
    this.exchanges = exchanges;
    this.clock = clock;
    this.whenClosed = whenClosed;
    this.lastTraffic = clock.instant();
  }

  /// How the gateway is reached, from a sandbox through its door, from elsewhere at its address,
  /// and what is shown there.
  record Way(String token, Door door, String url) {}

  List<Upstream> models(Wire wire) {
    return models.stream().filter(model -> model.wire() == wire).toList();
  }

  Budgets.Purse purse() {
    return purse;
  }

  Exchanges recorded() {
    return exchanges;
  }

  boolean closed() {
    return closed;
  }

  void traffic() {
    lastTraffic = clock.instant();
  }

  /// An answer that is on its way; a model that hangs must not outlive the attempt.
  void hearing(InputStream answer) throws IOException {
    answers.add(answer);
    if (closed) {
      answer.close();
    }
  }

  void heard(InputStream answer) {
    answers.remove(answer);
  }

  /// What an answer cost, also one that broke off.
  synchronized void paid(Wire.Tokens tokens, long microDollars) {
    spent = spent.plus(new Usage(tokens.input(), tokens.output(), microDollars, Duration.ZERO));
  }

  synchronized void replied() {
    replies++;
    trouble = Optional.empty();
  }

  synchronized void failed(ModelGateway.Trouble found) {
    trouble = Optional.of(found);
  }

  @Override
  public String token() {
    return way.token();
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
  public Optional<Path> exchanges() {
    return exchanges.file();
  }

  @Override
  public void close() {
    closed = true;
    whenClosed.run();
    answers.forEach(AttemptPass::hangUp);
    way.door().close();
    purse.close();
  }

  private static void hangUp(InputStream answer) {
    try {
      answer.close();
    } catch (IOException e) {
      // It is not wanted any more.
    }
  }
}
