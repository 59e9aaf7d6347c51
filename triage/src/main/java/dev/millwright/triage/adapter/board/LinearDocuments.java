package dev.millwright.triage.adapter.board;

import java.util.List;

/// What is said to Linear. Tests hold each document against Linear's published schema.
final class LinearDocuments {
  private static final String TICKET =
      """
      fragment Ticket on Issue {
        id
        identifier
        title
        description
        priority
        branchName
        url
        createdAt
        updatedAt
        state { name }
        assignee { id }
        creator { displayName guest app }
        labels(first: 50) { nodes { name } }
        inverseRelations(first: 20) {
          nodes { type issue { id identifier state { name } } }
          pageInfo { hasNextPage }
        }
      }
      """;

  static final String IN_STATES =
      """
      query MillwrightInStates($project: String!, $states: [String!]!, $first: Int!, $after: String) {
        issues(
          filter: {project: {slugId: {eq: $project}}, state: {name: {in: $states}}}
          first: $first
          after: $after
        ) {
          nodes { ...Ticket }
          pageInfo { hasNextPage endCursor }
        }
      }
      """
          + TICKET;

  static final String CHANGED =
      """
      query MillwrightChanged(
        $project: String!, $since: DateTimeOrDuration!, $first: Int!, $after: String
      ) {
        issues(
          filter: {project: {slugId: {eq: $project}}, updatedAt: {gte: $since}}
          first: $first
          after: $after
          orderBy: updatedAt
        ) {
          nodes { ...Ticket }
          pageInfo { hasNextPage endCursor }
        }
      }
      """
          + TICKET;

  static final String NEWEST =
      """
      query MillwrightNewest($project: String!) {
        issues(
          filter: {project: {slugId: {eq: $project}}}
          first: 1
          orderBy: updatedAt
        ) {
          nodes { ...Ticket }
        }
      }
      """
          + TICKET;

  static final String WITH_IDS =
      """
      query MillwrightWithIds($project: String!, $ids: [ID!]!, $first: Int!) {
        issues(
          filter: {project: {slugId: {eq: $project}}, id: {in: $ids}}
          first: $first
        ) {
          nodes { ...Ticket }
        }
      }
      """
          + TICKET;

  static final String VIEWER = "query MillwrightViewer { viewer { id } }";

  static final String STATE =
      """
      query MillwrightState($project: String!, $id: ID!, $state: String!) {
        issues(filter: {project: {slugId: {eq: $project}}, id: {eq: $id}}, first: 1) {
          nodes {
            id
            state { name }
            team { states(filter: {name: {eqIgnoreCase: $state}}, first: 1) { nodes { id } } }
          }
        }
      }
      """;

  static final String MOVE =
      """
      mutation MillwrightMove($id: String!, $state: String!) {
        issueUpdate(id: $id, input: {stateId: $state}) { success }
      }
      """;

  static final String COMMENT =
      """
      query MillwrightComment($comment: ID!) {
        comments(filter: {id: {eq: $comment}}, first: 1) { nodes { id body } }
      }
      """;

  static final String TALK =
      """
      query MillwrightTalk($issue: ID!, $since: DateTimeOrDuration!, $first: Int!, $after: String) {
        comments(
          filter: {issue: {id: {eq: $issue}}, createdAt: {gte: $since}}
          first: $first
          after: $after
        ) {
          nodes { id body createdAt url user { displayName guest app } }
          pageInfo { hasNextPage endCursor }
        }
      }
      """;

  static final String CREATE_COMMENT =
      """
      mutation MillwrightCreateComment($comment: String!, $issue: String!, $body: String!) {
        commentCreate(input: {id: $comment, issueId: $issue, body: $body}) { success }
      }
      """;

  static final String UPDATE_COMMENT =
      """
      mutation MillwrightUpdateComment($comment: String!, $body: String!) {
        commentUpdate(id: $comment, input: {body: $body}) { success }
      }
      """;

  static final String LINK =
      """
      mutation MillwrightLink($issue: String!, $title: String!, $url: String!) {
        attachmentCreate(input: {issueId: $issue, title: $title, url: $url}) { success }
      }
      """;

  static final List<String> ALL =
      List.of(
          IN_STATES,
          CHANGED,
          NEWEST,
          WITH_IDS,
          VIEWER,
          STATE,
          MOVE,
          COMMENT,
          TALK,
          CREATE_COMMENT,
          UPDATE_COMMENT,
          LINK);

  private LinearDocuments() {}
}
