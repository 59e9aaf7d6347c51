package dev.millwright.triage.adapter.board;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.io.IOException;
import java.net.http.HttpHeaders;

/// What a provider said, and that it was a success, or that there is no such thing where the
/// question allowed for it.
///
/// @param fresh whether it was sent now; an answer that is as it was costs no body
record Reply(int status, HttpHeaders headers, String body, boolean fresh) {
  private static final int MOST_DEPTH = 200;

  private static final JsonMapper MAPPER =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder()
                          .maxNestingDepth(MOST_DEPTH)
                          .maxNumberLength(100)
                          .build())
                  .build())
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  boolean isGone() {
    return status == 404 || status == 410;
  }

  String header(String name) {
    return headers.firstValue(name).orElse("");
  }

  /// Its JSON; a missing node for an answer without a body.
  JsonNode json() throws IOException {
    return body.isEmpty() ? MissingNode.getInstance() : MAPPER.readTree(body);
  }
}
