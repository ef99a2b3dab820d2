package dev.mall.twophase;

import dev.mall.contracts.Event.DecisionAwaited.Participant;
import dev.mall.messaging.idempotency.ReplyLog;
import dev.mall.messaging.outbox.Outbox;
import dev.mall.messaging.retention.RetentionTask;
import org.springframework.boot.autoconfigure.AutoConfiguration;
import org.springframework.boot.autoconfigure.condition.ConditionalOnProperty;
import org.springframework.boot.context.properties.EnableConfigurationProperties;
import org.springframework.boot.jdbc.autoconfigure.JdbcClientAutoConfiguration;
import org.springframework.context.annotation.Bean;
import org.springframework.core.env.Environment;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.transaction.support.TransactionOperations;

/**
 * Makes a service a participant of two-phase commits; its database needs the migrations in {@code
 * db/two-phase}.
 */
@AutoConfiguration(after = JdbcClientAutoConfiguration.class)
@ConditionalOnProperty(TwoPhaseAutoConfiguration.PARTICIPANT) // class paths may be shared
@EnableConfigurationProperties(ParticipantProperties.class)
class TwoPhaseAutoConfiguration {

  /** Which participant the service is; said in its own file. */
  static final String PARTICIPANT = "mall.two-phase.participant";

  @Bean
  PreparedTransactions preparedTransactions(
      JdbcClient jdbc, TransactionOperations transaction, ParticipantProperties properties) {
    return new PreparedTransactions(jdbc, transaction, properties.lockTimeout());
  }

  @Bean
  TransactionParticipant transactionParticipant(
      PreparedTransactions prepared,
      ReplyLog replies,
      Outbox outbox,
      TransactionOperations transaction) {
    return new TransactionParticipant(prepared, replies, outbox, transaction);
  }

  @Bean
  AwaitDecisions awaitDecisions(
      PreparedTransactions prepared,
      Outbox outbox,
      TransactionOperations transaction,
      ParticipantProperties properties,
      Environment environment) {
    var participant = environment.getRequiredProperty(PARTICIPANT, Participant.class);
    return new AwaitDecisions(prepared, outbox, transaction, participant, properties.askAfter());
  }

  @Bean
  InDoubtMetric inDoubtMetric(PreparedTransactions prepared, ParticipantProperties properties) {
    return new InDoubtMetric(prepared, properties.askAfter());
  }

  @Bean
  PreparedTransactionsEndpoint preparedTransactionsEndpoint(PreparedTransactions prepared) {
    return new PreparedTransactionsEndpoint(prepared);
  }

  @Bean
  RetentionTask outcomeRetention() {
    return new OutcomeRetention();
  }
}
