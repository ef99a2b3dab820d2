package dev.mall.notification;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules inside notification-service; those between services are in tests/system. */
@AnalyzeClasses(packagesOf = NotificationApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule rulesAreFunctionsOverRecords =
      classes()
          .that()
          .haveNameMatching(".*\\.(NotificationRules|Notification|OrderOutcome)(\\$.*)?")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.mall.contracts..",
              "dev.mall.money..",
              "dev.mall.notification");
}
