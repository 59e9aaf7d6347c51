package dev.millwright.app.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.CyclicBarrier;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/// Many who say the same at once.
class SameMomentTest {
  private static final int VOICES = 32;

  @TempDir Path folder;

  @ParameterizedTest
  @EnumSource
  void signals_with_one_key_give_one_item_on(TestDatabase database) throws Exception {
    var home = Home.make(folder, database);
    try (var server = ServerProcess.start(home);
        var voices = Executors.newVirtualThreadPerTaskExecutor()) {
      var client = new Client(server.url());
      var together = new CyclicBarrier(VOICES);
      Callable<Client.Answer> voice =
          () -> {
            together.await();
            return client.post("/api/v1/signals", Client.signalBody("same", "worker"));
          };

      var answers =
          IntStream.range(0, VOICES).mapToObj(_ -> voices.submit(voice)).toList().stream()
              .map(SameMomentTest::said)
              .toList();

      assertThat(answers.stream().collect(Collectors.groupingBy(Client.Answer::status)))
          .hasEntrySatisfying(202, first -> assertThat(first).hasSize(1))
          .hasEntrySatisfying(200, again -> assertThat(again).hasSize(VOICES - 1));
      assertThat(answers)
          .extracting(a -> a.body().path("item_id").asText())
          .containsOnly("task-same");
      client.awaitReview("task-same");
      assertThat(client.get("/api/v1/items").path("items")).hasSize(1);
    }
  }

  private static Client.Answer said(Future<Client.Answer> answer) {
    try {
      return answer.get();
    } catch (InterruptedException | ExecutionException e) {
      throw new AssertionError(e);
    }
  }
}
