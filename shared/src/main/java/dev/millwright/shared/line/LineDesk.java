package dev.millwright.shared.line;

import dev.millwright.shared.journal.DatabaseAway;
import dev.millwright.shared.journal.PauseTable;
import dev.millwright.shared.workitem.Stage;
import java.sql.SQLException;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Executor;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorRef;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.actor.typed.javadsl.AskPattern;
import org.jspecify.annotations.Nullable;

/// Pauses and resumes the line: first in the database, then at the dispatcher.
public final class LineDesk implements LineControl {
  private static final Duration ASK = Duration.ofSeconds(10);

  private final ActorSystem<?> system;
  private final ActorRef<Dispatcher.Command> dispatcher;
  private final PauseTable table;
  private final Executor blocking;

  public LineDesk(
      ActorSystem<?> system,
      ActorRef<Dispatcher.Command> dispatcher,
      PauseTable table,
      Executor blocking) {
    this.system = system;
    this.dispatcher = dispatcher;
    this.table = table;
    this.blocking = blocking;
  }

  @Override
  public CompletionStage<Overview> overview() {
    return AskPattern.ask(dispatcher, Dispatcher.Look::new, ASK, system.scheduler());
  }

  @Override
  public CompletionStage<Overview> pause(@Nullable Stage stage, @Nullable String repo) {
    return change(pauses -> pauses.and(stage, repo));
  }

  @Override
  public CompletionStage<Overview> resume(@Nullable Stage stage, @Nullable String repo) {
    return change(pauses -> pauses.without(stage, repo));
  }

  private CompletionStage<Overview> change(UnaryOperator<Pauses> change) {
    return CompletableFuture.supplyAsync(() -> save(table, change), blocking)
        .thenCompose(pauses ->
            AskPattern.ask(
                dispatcher,
                replyTo -> new Dispatcher.SetPauses(pauses, replyTo),
                ASK,
                system.scheduler()));
  }

  /// What is paused, as stored; blocks.
  public static Pauses stored(PauseTable table) {
    try {
      var stages =
          table.names("stage").stream()
              .flatMap(name -> Stage.parse(name).stream())
              .collect(Collectors.toSet());
      return new Pauses(stages, table.names("repo"));
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }

  private static synchronized Pauses save(PauseTable table, UnaryOperator<Pauses> change) {
    var pauses = change.apply(stored(table));
    var stages = pauses.stages().stream().map(Stage::wire).collect(Collectors.toSet());
    try {
      table.save(Map.<String, Set<String>>of("stage", stages, "repo", pauses.repos()));
      return pauses;
    } catch (SQLException e) {
      throw new DatabaseAway(e);
    }
  }
}
