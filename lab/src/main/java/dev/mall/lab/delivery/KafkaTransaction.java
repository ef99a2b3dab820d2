package dev.mall.lab.delivery;

import dev.mall.lab.history.History;
import dev.mall.lab.history.Violation;
import dev.mall.lab.study.Effort;
import dev.mall.lab.study.Experiment;
import dev.mall.lab.study.Half;
import dev.mall.lab.study.Link;
import dev.mall.lab.trial.Trial;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerConfig;

/** A processor that reads one topic and writes another, and a crash between the two. */
public final class KafkaTransaction implements Experiment {

  /** The results that a consumer of committed records sees. */
  private record Results(List<String> values) {
    @Override
    public String toString() {
      return values.isEmpty() ? "none" : String.join(", ", values);
    }
  }

  @Override
  public String name() {
    return "delivery/kafka-transaction";
  }

  @Override
  public String title() {
    return "A processor crashes between its result and its offset";
  }

  @Override
  public Effort effort() {
    return Effort.SERVERS;
  }

  @Override
  public String concept() {
    return """
    A processor reads a record of one topic and writes its result to another. The result and the offset of the input are again two writes,
    and a crash between them gives two results for one input. Here both writes go to one system, so this system can make them one: offsets
    are records of a topic, too, and a producer with transactions writes results and offsets together.

    The transactional id makes it work across a crash. A producer that starts with an id which is in use fences the former owner and has
    its open transaction aborted; a former owner that was only paused is refused from then on. The aborted result stays in the log, and
    consumers with `isolation.level=read_committed` skip it. The default is `read_uncommitted`: a consumer that is not asked sees both.

    Kafka calls this exactly once, and it is, from topic to topic: the processing itself happens twice, and its results are visible once.
    It ends at Kafka's edge. A row in a database, a mail or a payment that the processor causes on the way is not part of the transaction,
    and happens twice. There, the id of the message in the transaction of the effect is the tool:
    [a crash between the work and the commit](at-least-once.md).
    """;
  }

  @Override
  public String claim() {
    return "Each order has exactly one result that a consumer of committed records sees.";
  }

  @Override
  public String naive() {
    return "The processor sends the result and then commits the offset.";
  }

  @Override
  public String remedy() {
    return "A transaction of its producer has both, and the next producer with its id aborts what it left open.";
  }

  @Override
  public String conclusion() {
    return """
    From topic to topic, Kafka's transactions give each input one visible result, if every consumer reads committed records only. They do
    not reach databases and other services, and each transaction costs milliseconds, so that they pay with batches.
    """;
  }

  @Override
  public List<Link> suite() {
    return List.of(
        Link.to(
            "ADR 2: state, stored replies and messages commit in one local transaction",
            "docs/adr/0002-own-saga-engine-and-outbox.md"));
  }

  @Override
  public List<Link> sources() {
    return List.of(
        Link.to(
            "KIP-98: Exactly once delivery and transactional messaging",
            "https://cwiki.apache.org/confluence/display/KAFKA/KIP-98+-+Exactly+Once+Delivery+and+Transactional+Messaging"),
        Link.to(
            "KIP-447: Producer scalability for exactly once semantics",
            "https://cwiki.apache.org/confluence/display/KAFKA/KIP-447%3A+Producer+scalability+for+exactly+once+semantics"));
  }

  @Override
  public void run(Half half, Trial trial) throws Exception {
    var shop = trial.node("shop");
    var kafka = trial.node("Kafka");
    var processor = trial.node("processor");
    var orders = TrialTopic.create(trial, "orders");
    var invoices = TrialTopic.create(trial, "invoices");

    shop.call(kafka, "sends order 1", () -> "offset " + orders.send("order 1"));
    var first = new Processor(half, orders.reader("invoicing"), invoices);
    processor.call(kafka, "polls", first::poll);
    processor.call(kafka, "sends the invoice", first::sendInvoice);
    processor.crash("power cut before it commits the offset");
    processor.restart("begins at the committed offset");
    var second = new Processor(half, orders.reader("invoicing"), invoices);
    processor.call(kafka, "polls", second::poll);
    processor.call(kafka, "sends the invoice", second::sendInvoice);
    processor.call(kafka, "commits", second::commit);
    kafka.step("lists the committed invoices", () -> new Results(invoices.values()));
  }

  @Override
  public List<Violation> judge(History history) {
    var results = history.facts(Results.class).getLast();
    return results.value().values().size() == 1
        ? List.of()
        : List.of(
            Violation.of(
                "One order has %d invoices".formatted(results.value().values().size()), results));
  }

  /** A life of the processor, which ends with a crash. */
  private static final class Processor {

    private final Half half;
    private final TopicReader orders;
    private final TrialTopic invoices;
    private final KafkaProducer<String, String> producer;
    private List<String> polled = List.of();

    Processor(Half half, TopicReader orders, TrialTopic invoices) {
      this.half = half;
      this.orders = orders;
      this.invoices = invoices;
      this.producer = half.isNaive() ? invoices.producer(Map.of()) : transactional(invoices);
    }

    /** Aborts the transaction that a producer with this id left open. */
    private static KafkaProducer<String, String> transactional(TrialTopic topic) {
      var producer =
          topic.producer(Map.of(ProducerConfig.TRANSACTIONAL_ID_CONFIG, "to " + topic.name()));
      producer.initTransactions();
      return producer;
    }

    String poll() {
      polled = orders.poll();
      return String.join(", ", polled);
    }

    String sendInvoice() throws Exception {
      if (!half.isNaive()) {
        producer.beginTransaction();
      }
      for (var order : polled) {
        producer.send(invoices.record("invoice of " + order)).get();
      }
      return half.isNaive() ? "sent" : "sent, not yet committed";
    }

    String commit() {
      if (half.isNaive()) {
        orders.commit();
        return "the offset alone";
      }
      producer.sendOffsetsToTransaction(orders.offsets(), orders.group());
      producer.commitTransaction();
      return "the offset and the invoice";
    }
  }
}
