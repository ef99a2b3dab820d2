package dev.mall.payment;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.core.importer.ImportOption.DoNotIncludeTests;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

/** The rules inside payment-service; those between services are in tests/system. */
@AnalyzeClasses(packagesOf = PaymentApplication.class, importOptions = DoNotIncludeTests.class)
class ArchitectureTest {

  @ArchTest
  static final ArchRule theLedgerDependsOnNoneOfItsUsers =
      noClasses()
          .that()
          .resideInAPackage("..ledger..")
          .should()
          .dependOnClassesThat()
          .resideInAnyPackage("..charge..", "..wallet..");

  @ArchTest
  static final ArchRule chargesKnowNothingOfDeposits =
      noClasses()
          .that()
          .resideInAPackage("..charge..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..wallet..");

  @ArchTest
  static final ArchRule depositsKnowNothingOfCharges =
      noClasses()
          .that()
          .resideInAPackage("..wallet..")
          .should()
          .dependOnClassesThat()
          .resideInAPackage("..charge..");

  @ArchTest
  static final ArchRule rulesAreFunctionsOverRecords =
      classes()
          .that()
          .haveNameMatching(".*\\.(PaymentRules|Payment|Wallet|LedgerTransaction)(\\$.*)?")
          .should()
          .onlyDependOnClassesThat()
          .resideInAnyPackage(
              "java..",
              "org.jspecify..",
              "dev.mall.contracts..",
              "dev.mall.money..",
              "dev.mall.payment.charge",
              "dev.mall.payment.ledger");
}
