package dev.millwright.triage.adapter.board;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/// What is said in GraphQL fits what the providers publish.
final class DocumentsTest {
  @Test
  void every_document_fits_linears_schema() {
    var engine = TrimmedSchema.engine("linear.graphql", wiring -> wiring);

    assertThat(LinearDocuments.ALL)
        .allSatisfy(document -> assertThat(TrimmedSchema.mistakes(engine, document)).isEmpty());
  }

  @Test
  void every_document_fits_githubs_schema() {
    var engine = TrimmedSchema.engine("github.graphql", wiring -> wiring);

    assertThat(TrimmedSchema.mistakes(engine, GithubApi.COMMENTS)).isEmpty();
  }

  @Test
  void a_document_that_does_not_fit_is_noticed() {
    var engine = TrimmedSchema.engine("linear.graphql", wiring -> wiring);

    assertThat(TrimmedSchema.mistakes(engine, "query { viewer { id shoeSize } }")).hasSize(1);
    assertThat(
            TrimmedSchema.mistakes(
                engine, LinearDocuments.MOVE.replace("$state: String!", "$state: Int!")))
        .isNotEmpty();
  }
}
