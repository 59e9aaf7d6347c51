package dev.millwright.shared.workspace;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/// What a sandbox shows as the machine's users: one that is called `agent`, and nobody of the
/// host's.
record Accounts(Path users, Path groups) {
  /// Written into the folder, for whoever has these numbers inside.
  static Accounts in(Path folder, String user, String group) throws IOException {
    Files.createDirectories(folder);
    var accounts = new Accounts(folder.resolve("passwd"), folder.resolve("group"));
    WholeFile.write(
        accounts.users,
        "agent:x:%s:%s::%s:/bin/sh\nnobody:x:65534:65534::/:/usr/sbin/nologin\n"
            .formatted(user, group, Box.HOME));
    WholeFile.write(accounts.groups, "agent:x:%s:\nnogroup:x:65534:\n".formatted(group));
    return accounts;
  }
}
