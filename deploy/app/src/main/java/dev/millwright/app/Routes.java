package dev.millwright.app;

import dev.millwright.codegen.adapter.CodegenRoutes;
import dev.millwright.monitoring.adapter.MonitoringRoutes;
import dev.millwright.monitoring.port.Vitals;
import dev.millwright.shared.http.Api;
import dev.millwright.shared.http.EventStream;
import dev.millwright.shared.http.HttpServer;
import dev.millwright.shared.http.HttpSettings;
import dev.millwright.shared.http.TokenFile;
import dev.millwright.shared.http.Tokens;
import dev.millwright.shared.http.Traffic;
import dev.millwright.shared.journal.AgentUsage;
import dev.millwright.shared.journal.JournalFigures;
import dev.millwright.shared.journal.JournalViews;
import dev.millwright.shared.line.Line;
import dev.millwright.triage.adapter.BoardRoutes;
import dev.millwright.triage.adapter.IntakeStream;
import dev.millwright.triage.adapter.SymphonyRoutes;
import dev.millwright.triage.adapter.TriageRoutes;
import dev.millwright.triage.adapter.webhook.Webhooks;
import dev.millwright.triage.port.BoardWork;
import dev.millwright.triage.port.Boards;
import java.util.ArrayList;
import java.util.Map;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import org.apache.pekko.actor.typed.ActorSystem;

/// What a factory answers over HTTP, put together of what each stage answers.
record Routes(
    Workshop workshop,
    Line.Ground ground,
    JournalViews views,
    Line line,
    Vitals vitals,
    Routes.Intake intake) {
  private static final String VERSION = "0.1.0";

  /// Where work comes in.
  record Intake(Boards boards, BoardWork work, Webhooks webhooks) {}

  /// Begins to answer.
  ///
  /// @param publicUrl where people find it, known once it listens
  HttpServer.Bound serve(ActorSystem<?> system, Supplier<String> publicUrl) {
    var streams = new EventStream();
    var traffic = new Traffic();
    var endpoints = new ArrayList<>(new TriageRoutes(line.items(), publicUrl).endpoints());
    var tickets = new BoardRoutes(intake.boards(), intake.work());
    endpoints.addAll(tickets.endpoints());
    endpoints.addAll(new IntakeStream(streams, tickets, intake.webhooks()::newest).endpoints());
    endpoints.addAll(watching(publicUrl, streams, traffic).endpoints());
    endpoints.addAll(intake.webhooks().endpoints());
    endpoints.addAll(
        new CodegenRoutes(
                line.items(),
                workshop.settings().repos(),
                workshop::mirror,
                workshop.settings().data())
            .endpoints());
    endpoints.addAll(symphony(publicUrl).endpoints());
    var parts = new HttpServer.Parts(http(), new Api(VERSION, endpoints), traffic, streams);
    return HttpServer.start(system, parts).toCompletableFuture().join();
  }

  private MonitoringRoutes watching(
      Supplier<String> publicUrl, EventStream streams, Traffic traffic) {
    return new MonitoringRoutes(
        new MonitoringRoutes.Work(
            line.items(),
            views,
            ground.projection(),
            ground.keeping().transcripts(),
            ground.keeping().artifacts(),
            new JournalFigures(ground.database())),
        new MonitoringRoutes.Factory(
            line.desk(),
            vitals,
            traffic,
            streams,
            workshop.clock(),
            publicUrl,
            () -> workshop.settings().repos().keySet(),
            VERSION));
  }

  private SymphonyRoutes symphony(Supplier<String> publicUrl) {
    return new SymphonyRoutes(
        new SymphonyRoutes.Sources(
            intake.work(),
            intake.boards(),
            ground.keeping().activity(),
            views,
            new AgentUsage(ground.database())::ever),
        workshop.settings().storage().workspaceFolder(),
        publicUrl,
        workshop.clock());
  }

  private HttpSettings http() {
    var settings = workshop.settings();
    var server = settings.server();
    var secrets =
        server.tokens().entrySet().stream()
            .collect(Collectors.toMap(Map.Entry::getKey, token -> token.getValue().reveal()));
    return new HttpSettings(
        server.host(),
        server.port(),
        server.publicUrl(),
        new Tokens(secrets, new TokenFile(settings.data())));
  }
}
