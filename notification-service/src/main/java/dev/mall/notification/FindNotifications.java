package dev.mall.notification;

import java.util.List;
import org.springframework.data.domain.Limit;
import org.springframework.stereotype.Service;
import org.springframework.transaction.annotation.Transactional;

/** Reads customers' inboxes. */
@Service
@Transactional(readOnly = true)
public class FindNotifications {

  private final StoredNotifications entries;

  FindNotifications(StoredNotifications entries) {
    this.entries = entries;
  }

  /**
   * The customer's notifications, newest first.
   *
   * @param before older than the entry of this number
   * @return at most {@code limit} entries; empty also for an unknown customer
   */
  public List<InboxEntry> of(String customerId, long before, int limit) {
    return entries
        .findByCustomerIdAndNumberLessThanOrderByNumberDesc(customerId, before, Limit.of(limit))
        .stream()
        .map(StoredNotification::entry)
        .toList();
  }
}
