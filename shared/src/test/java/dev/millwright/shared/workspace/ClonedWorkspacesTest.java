package dev.millwright.shared.workspace;

class ClonedWorkspacesTest extends WorkspacesContract {
  @Override
  Workspaces make() {
    return new Workspaces(data, mirrors);
  }
}
