package dev.millwright.triage.adapter;

import dev.millwright.shared.http.Field;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/// A signal as plain JSON; only its title must be there.
record SignalBody(
    @Field(about = "one line that says what is to be done", least = 1, most = 300) String title,
    @Nullable
        @Field(
            about = "all there is to say about it, Markdown",
            most = SignalBody.MOST_BODY_CHARACTERS)
        String body,
    @Nullable @Field(about = "the sender's own word for it; triage decides", most = 64) String kind,
    @Nullable @Field(most = 50) List<String> labels,
    @Nullable @Field(about = "1 is the most urgent, 4 the least", least = 0, most = 4)
        Integer priority,
    @Nullable @Field(about = "the repository's name in the configuration", most = 200) String repo,
    @Nullable @Field(about = "the agent that should do it", most = 100) String agent,
    @Nullable @Field(about = "the same key always lands on the same item", least = 1, most = 256)
        String key,
    @Nullable @Field(about = "who noticed, such as `cli`", least = 1, most = 64) String source,
    @Nullable @Field(about = "where people can read more", most = 2_000) String link,
    @Nullable @Field(about = "flat facts, such as a recipe and its options", most = 64)
        Map<String, String> facts,
    @Nullable @Field(about = "on whose behalf", least = 1, most = 100) String author) {
  static final int MOST_BODY_CHARACTERS = 500_000;
}
