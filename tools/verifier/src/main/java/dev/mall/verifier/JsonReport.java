package dev.mall.verifier;

import dev.mall.verifier.findings.Finding;
import dev.mall.verifier.tables.Summary;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

/** A report as programs read it. */
final class JsonReport {

  private static final JsonMapper JSON =
      JsonMapper.builder().enable(SerializationFeature.INDENT_OUTPUT).build();

  private JsonReport() {}

  static String of(Report report) {
    var json = new LinkedHashMap<String, Object>();
    json.put("exitCode", report.exitCode());
    json.put("live", report.live());
    json.put("underWay", report.underWay());
    json.put("violations", report.violations());
    json.put("found", report.found().stream().map(JsonReport::finding).toList());
    json.put("excused", report.excused().stream().map(JsonReport::finding).toList());
    json.put("settledByHand", report.settledByHand());
    json.put("orders", map(report.summary().orders()));
    json.put("sagas", map(report.summary().sagas()));
    json.put("units", map(report.summary().units()));
    json.put("moneyMinor", map(report.summary().money()));
    json.put("notified", map(report.summary().notified()));
    json.put("deadLetters", map(report.summary().deadLetters()));
    json.put("ordersJudged", report.judged());
    json.put("acceptedLookedFor", report.accepted());
    json.put("tookMillis", report.took().toMillis());
    return JSON.writeValueAsString(json);
  }

  private static Map<String, Object> finding(Finding found) {
    var json = new LinkedHashMap<String, Object>();
    json.put("guarantee", found.kind().guarantee());
    json.put("kind", found.kind());
    json.put("subject", found.subject());
    json.put("says", found.says());
    json.put("rows", found.rows());
    return json;
  }

  private static Map<String, Long> map(List<Summary.Line> lines) {
    var map = new LinkedHashMap<String, Long>();
    lines.forEach(line -> map.put(line.what(), line.count()));
    return map;
  }
}
