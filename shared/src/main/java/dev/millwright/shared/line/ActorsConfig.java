package dev.millwright.shared.line;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import dev.millwright.shared.journal.Database;
import dev.millwright.shared.settings.StorageSettings;
import java.util.Map;

/// Pekko's configuration: the program's own file, and the database the operator named.
public final class ActorsConfig {
  private static final String DB = "pekko-persistence-jdbc.shared-databases.slick.";

  private ActorsConfig() {}

  public static Config of(Database database, StorageSettings storage) {
    var dialect = database.dialect();
    return ConfigFactory.parseMap(
            Map.of(
                DB + "profile", dialect.slickProfile(),
                DB + "db.url", database.url(),
                DB + "db.user", storage.user(),
                DB + "db.password", storage.password().reveal(),
                DB + "db.driver", dialect.driver()))
        .withFallback(ConfigFactory.parseResources("millwright-actors.conf"))
        .withFallback(ConfigFactory.defaultReference())
        .resolve();
  }
}
