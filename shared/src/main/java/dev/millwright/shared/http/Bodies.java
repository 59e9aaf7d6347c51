package dev.millwright.shared.http;

import java.io.ByteArrayOutputStream;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeoutException;
import org.apache.pekko.Done;
import org.apache.pekko.actor.typed.ActorSystem;
import org.apache.pekko.http.javadsl.model.HttpEntity;
import org.apache.pekko.http.javadsl.model.HttpRequest;
import org.apache.pekko.http.scaladsl.model.EntityStreamSizeException;
import org.apache.pekko.stream.javadsl.Sink;
import org.apache.pekko.util.ByteString;

/// Reads request bodies: of a declared media type, bounded in size and time.
///
/// A body that is too large is still read on for a while without being kept, because a client that
/// is cut off while sending never sees why.
final class Bodies {
  private static final long MOST_DROPPED_BYTES = 16L << 20;
  private static final Duration MOST_TIME = Duration.ofSeconds(10);

  private final ActorSystem<?> system;

  Bodies(ActorSystem<?> system) {
    this.system = system;
  }

  CompletionStage<byte[]> read(Operation operation, HttpRequest request) {
    var empty = request.entity().isKnownEmpty();
    if (operation.bodies().isEmpty()) {
      return drop(request).handle((_, _) -> new byte[0]);
    }
    if (!empty && operation.bodies().stream().noneMatch(it -> is(request, it.mediaType()))) {
      var known = operation.bodies().stream().map(Operation.Body::mediaType).toList();
      return drop(request)
          .handle((_, _) -> {
            throw ApiError.of(415, "unsupported_media_type", "this body cannot be read here")
                .hint("send " + String.join(" or ", known))
                .exception();
          });
    }
    return bounded(request, operation.mostBytes()).thenApply(body -> present(operation, body));
  }

  /// Reads and forgets what a refused request still sends.
  CompletionStage<Done> drop(HttpRequest request) {
    return request
        .entity()
        .withSizeLimit(MOST_DROPPED_BYTES)
        .getDataBytes()
        .completionTimeout(MOST_TIME)
        .runWith(Sink.ignore(), system);
  }

  private CompletionStage<byte[]> bounded(HttpRequest request, int most) {
    if (request.entity() instanceof HttpEntity.Strict whole) {
      return whole.getData().size() <= most
          ? CompletableFuture.completedFuture(whole.getData().toArray())
          : CompletableFuture.failedFuture(tooLarge(most).exception());
    }
    return request
        .entity()
        .withSizeLimit(MOST_DROPPED_BYTES)
        .getDataBytes()
        .completionTimeout(MOST_TIME)
        .runFold(new Kept(most), Kept::add, system)
        .handle((kept, failure) -> {
          if (failure != null) {
            throw broken(Failures.cause(failure), most).exception();
          }
          if (kept.size > most) {
            throw tooLarge(most).exception();
          }
          return kept.bytes.toByteArray();
        });
  }

  private static ApiError broken(Throwable failure, int most) {
    return switch (failure) {
      case TimeoutException _ ->
          ApiError.of(408, "body_too_slow", "the body did not arrive in time");
      case EntityStreamSizeException _ -> tooLarge(most);
      default -> ApiError.malformed("the body did not arrive whole");
    };
  }

  private static ApiError tooLarge(int most) {
    return ApiError.tooLarge(most)
        .hint("put long texts where the factory can fetch them and send the link");
  }

  private static byte[] present(Operation operation, byte[] body) {
    if (body.length == 0 && operation.bodies().stream().anyMatch(Operation.Body::required)) {
      throw ApiError.malformed("the body is empty").exception();
    }
    return body;
  }

  private static boolean is(HttpRequest request, String mediaType) {
    var type = request.entity().getContentType().mediaType();
    var given = (type.mainType() + "/" + type.subType()).toLowerCase(Locale.ROOT);
    return given.equals(mediaType);
  }

  /// The first bytes, and how many there were.
  private static final class Kept {
    private final int most;
    private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    private long size;

    Kept(int most) {
      this.most = most;
    }

    Kept add(ByteString more) {
      size += more.size();
      if (size <= most) {
        bytes.writeBytes(more.toArray());
      }
      return this;
    }
  }
}
