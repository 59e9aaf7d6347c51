package dev.millwright.triage.adapter;

import com.fasterxml.jackson.databind.JsonNode;
import dev.millwright.shared.http.Field;
import org.jspecify.annotations.Nullable;

/// The envelope of a CloudEvents 1.0 event; extension attributes may come with it.
record CloudEventBody(
    @Field(oneOf = "1.0") String specversion,
    @Field(about = "with the source, names the event", least = 1, most = 128) String id,
    @Field(about = "where it happened", least = 1, most = 100) String source,
    @Field(about = "what sort of event it is", least = 1, most = 128) String type,
    @Nullable @Field(most = 300) String subject,
    @Nullable String time,
    @Nullable @Field(most = 128) String datacontenttype,
    @Nullable @Field(most = 1_000) String dataschema,
    @Nullable @Field(about = "the fields of a plain signal are understood, the rest become facts")
        JsonNode data) {}
