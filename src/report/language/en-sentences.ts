/** What scenarios say, in English. One sentence a line, however long; sorted by where it is said. */
export const englishSentences: Readonly<Record<string, string>> = {
  // The reference time: what follows "up to"
  'reference.system-log': 'the last event of the System log',
  'reference.other-logs': 'the last event of the logs given (no System log among them)',
  'reference.last-boot': 'the last event kept from before the last boot',
  'reference.before-boot': 'the time just before the last boot',
  'reference.nothing-before-boot': 'the last boot; nothing from before it is left in these logs',
  'reference.no-boot': 'the last event, because no record tells of a boot',
  'reference.given': 'the time given, {text}',
  'reference.until': 'the end given with --until',

  // The picture of the day
  'lane.boots': 'boots',
  'lane.triggers': 'failures',
  'lane.support': 'supporting events',
  'lane.heals': 'RDP works again',
  'lane.attempts': 'connections',
  'lane.authenticated': 'authenticated',
  'lane.logons': 'logons',

  // One event
  'event.certificate-create-failed': 'The Remote Desktop service could not create its certificate: {status}',
  'event.certificate-replace-failed': 'The Remote Desktop service could not replace its expired certificate: {status}',
  'event.certificate-made': 'The Remote Desktop service made a new certificate',
  'event.chosen-certificate-unusable': 'The certificate that was chosen for the listener cannot be used',
  'event.session-manager-failed': 'The Remote Desktop service failed to start: {status}',
  'event.tls-no-private-key': 'Schannel found a certificate without a private key',
  'event.tls-key-unusable': "Schannel could not use a certificate's private key",
  'event.tls-key-unusable-status': "Schannel could not use a certificate's private key: {status}",
  'event.tls-credential-failed': 'Schannel could not create a TLS credential',
  'event.tls-credential-failed-state': 'Schannel could not create a TLS credential (internal error state {state})',
  'event.tls-chain-unavailable': 'Schannel had no suitable certificate, or could not build its chain',
  'event.tls-no-common-cipher': 'Schannel and a client had no cipher suite in common',
  'event.tls-no-default-credential': 'Schannel found no suitable default server credential',
  'event.tls-alert-sent': 'Schannel ended a TLS connection with alert {alert}',
  'event.transport-refused': "The terminal server's transport dropped a client",
  'event.password-refused': "A client's user name or password was refused: TLS had worked",
  'event.connection-attempt': 'A client connected',
  'event.remote-authenticated': 'A user was authenticated over RDP',
  'event.remote-logon': 'A user logged on over RDP',
  'event.remote-shell-started': "A remote user's shell started",
  'event.remote-reconnected': 'A user reconnected over RDP',
  'event.broker-database-failed': 'The Connection Broker could not use its database: {error}',
  'event.redirection-failed': 'A user could not be passed on by the Connection Broker: {error}',
  'event.broker-joined': 'This server joined the farm on broker {broker}',
  'event.redirected': 'A user was passed on by the Connection Broker',
  'event.broker-trouble': 'The Connection Broker or its client reported trouble (event {eventId})',
  'event.service-failed': 'Service {service} failed',
  'event.database-logon-failed': 'A logon to the Windows Internal Database failed',
  'event.renamed': 'The computer was renamed from {from} to {to}',

  // How a verdict was reached
  'also.behind-reference':
    'Behind the reference {count} {count|failure tells|failures tell} of {id}, from {since} on: with a later end of the window {count|it is|they are} judged',
  'also.service-failed':
    'The Remote Desktop service failed or did not start {count} {count|time|times}, the latest at {last}, and no later logon was found. It is none of the causes looked for.',
  'rule.trigger': '{count} {count|failure, at|failures, the latest at} {last}',
  'rule.trigger-since-worked': '{count} {count|failure|failures} since it last worked, {count|at|the latest at} {last}',
  'rule.recovered-only':
    '{count|The one failure stands in a recovered record|All failures stand in recovered records}; no record in use tells of {count|it|them}',
  'rule.in-window': 'The latest lies in the window',
  'rule.in-window-corrected':
    'The latest, written at {own}, lies in the window only by the corrected clock: at {corrected}',
  'rule.since-boot': 'The latest failure lies before the window, but after the last boot at {start}',
  'rule.after-window-since-boot':
    'The latest failure lies after the window, which ends at {end}, and after the last boot at {start}',
  'rule.after-window':
    'The latest failure lies after the window, which ends at {end}, and no record tells that it was since the last boot',
  'rule.older': 'The latest failure lies before the window, which starts at {start}, and not after the last boot',
  'rule.older-corrected':
    'The latest failure lies before the window, which starts at {start}. Only by the corrected clock would it lie in it, at {corrected}; but the clock may have stood still while the machine did, and Windows was started again since, at {boot}',
  'rule.healed': 'At {time} a later record proves that it worked again',
  'rule.not-healed': 'No later record proves that it worked again',
  'rule.healing-not-seen': 'No later record proves that it worked again; not looked at: {channels}',
  'rule.second-kind': 'A second kind of evidence agrees in time: {count} {count|record|records}',
  'rule.second-kind-before':
    'A second kind of evidence agrees ({count} {count|record|records}), but only with failures outside the window and the last boot',
  'rule.no-second-kind': 'No second kind of evidence agrees in time: one kind of event alone proves little',
  'rule.disk-not-looked-at': 'The disk was not looked at: logs alone make nothing certain',
  'rule.passed-tls':
    '{count} {count|attempt|attempts} to log on came as far as the password, {count|at|the latest at} {last}: TLS worked for {count|it|them}, so the listener does not always fail, if it fails at all',
  'rule.listeners-own':
    '{count} {count|failure belongs|failures belong} to the RDP listener: its process asked, or a client connected up to 2 s before',
  'rule.nobodys':
    "{count} {count|failure|failures} that nothing ties to the RDP listener: no caller is named and no client connected in the 2 seconds before, or the caller is a service process that is not known to be the listener's",
  'rule.anothers':
    '{count} {count|failure belongs|failures belong} to another service: the caller is not the RDP listener',
  'rule.worked-between':
    'RDP worked {count} {count|time|times} between failures in the window, the latest at {last}: it comes and goes',
  'rule.state-known': 'Internal error state {state}: a protocol was wanted that policy forbids',
  'rule.state-undocumented': 'The side or the internal error state is not one whose meaning is known',
  'rule.renamed': 'The computer got another name after the broker was set up',
  'rule.not-renamed': 'No record shows that the computer was renamed after the broker was set up',
  'rule.elsewhere':
    '{count} {count|record|records} with these ids in a channel where the broker does not write them: told, not counted',

  // What would make it certain
  'certain.healing-channel':
    '{channel} shows no logon or recovery after the last failure. It was not there to look at.',
  'certain.telling-channel': '{channel} shows what happened around the failures. It was not there to look at.',

  // What could not be looked at
  'not-evaluated.not-collected': 'not looked at: {channel} was not collected',
  'not-evaluated.unreadable': 'not looked at: {channel} could not be read',
  'not-evaluated.none-readable': 'not looked at: none of these was there to read: {channels}',

  // listener-key-unusable
  'listener-key-unusable.title': 'The RDP listener cannot use its private key',
  'listener-key-unusable.story':
    'The port answers and the service runs, but every client is dropped as TLS begins: the Remote Desktop service cannot open the private key of its own certificate. Often nobody notices until the certificate is renewed, months after permissions were changed.',
  'listener-key-unusable.looked-for-certificate':
    "failures to make or replace the listener's certificate (RemoteConnectionManager 1057, 1058)",
  'listener-key-unusable.looked-for-schannel':
    'server certificates without a usable key (Schannel 36869, 36870, 36872) that belong to the listener',
  'listener-key-unusable.looked-for-siblings':
    'a chosen certificate that cannot be used, and a failed start of the service (RemoteConnectionManager 1051 to 1055, LocalSessionManager 17)',
  'listener-key-unusable.summary-both':
    'Since {since} the Remote Desktop service failed {count} {count|time|times} to create or replace its certificate, {count|with|last with} "{status}", and Schannel could not use the listener\'s private key {schannel} {schannel|time|times}. No later RDP logon or new certificate was found.',
  'listener-key-unusable.summary-certificate':
    'Since {since} the Remote Desktop service failed {count} {count|time|times} to create or replace its certificate, {count|with|last with} "{status}". No later RDP logon or new certificate was found.',
  'listener-key-unusable.summary-schannel':
    "Since {since} Schannel could not use the RDP listener's private key {schannel} {schannel|time|times}. No later RDP logon or new certificate was found.",
  'listener-key-unusable.summary-weak':
    "Since {since} Schannel failed {count} {count|time|times} on a server certificate. Whether it is the RDP listener's, or whether its key is the reason, these records do not say.",
  'listener-key-unusable.summary-sampled':
    "Since {since} Schannel failed on a server certificate more often than is kept here. The {count} {count|failure|failures} that were looked at {count|is|are} another service's; nobody looked whether others are the RDP listener's.",
  'listener-key-unusable.summary-weak-historic':
    "From {since} on Schannel failed {count} {count|time|times} on a server certificate, the RDP listener's or another. At {healed} a record proves that RDP worked.",
  'listener-key-unusable.summary-historic':
    'Between {since} and {last} the RDP listener could not use its private key. At {healed} a record proves that it worked again.',
  'listener-key-unusable.summary-historic-once':
    'At {since} the RDP listener could not use its private key. At {healed} a record proves that it worked again.',
  'listener-key-unusable.summary-refuted':
    'Schannel failed {count} {count|time|times} on a server certificate, but {count|for|each time for} another service than the RDP listener.',
  'listener-key-unusable.cause':
    'The service must read its private key at every connection. Without it the port is open, and every client is dropped as TLS starts.',
  'listener-key-unusable.cause-access-denied':
    'Most often the accounts of the Remote Desktop services are not allowed to read the key file, or to write in the folder of keys. Windows does not put such permissions right by itself.',
  'listener-key-unusable.cause-exists':
    'This usually means that a key container of that name exists and cannot be opened, so that no new one can take its place.',
  'listener-key-unusable.cause-bad-keyset':
    'Most often the certificate is there and its key file is gone, or belongs to another MachineGuid, as after cloning.',
  'listener-key-unusable.cause-disk-full': 'The new key cannot be written because the disk is full.',
  'listener-key-unusable.cause-refuted':
    "The failing certificate is another service's: it does not keep anybody from logging on over RDP.",
  'listener-key-unusable.certain-key-file':
    'MachineKeys\\f686aace6942fb7f7ceb231212eef4a4_<MachineGuid> is missing, or NETWORK SERVICE is not allowed to read it. Needs the disk, not only its logs.',
  'listener-key-unusable.certain-store':
    'The certificate in the store "Remote Desktop" (SOFTWARE hive) has expired, or names a key that is not there. Needs the disk, not only its logs.',

  // tls-policy-blocks-server
  'tls-policy-blocks-server.title': 'TLS policy leaves the RDP listener nothing to offer',
  'tls-policy-blocks-server.story':
    'TLS was hardened until nothing was left that this Windows can offer: protocols switched off in the registry, an empty cipher order, or FIPS. Schannel gives the listener no credential, and no client gets past the start of TLS.',
  'tls-policy-blocks-server.looked-for-credential':
    'server credentials that could not be created (Schannel 36871, Type server); those of clients are noise',
  'tls-policy-blocks-server.looked-for-negotiation':
    'negotiations with nothing in common (Schannel 36874; 36888 with alert 40, 70 or 71)',
  'tls-policy-blocks-server.summary':
    'Since {since} Schannel could not create a TLS credential for a server {count} {count|time|times}. No later RDP logon was found.',
  'tls-policy-blocks-server.summary-tied':
    'Since {since} Schannel could not create a TLS credential for a server {count} {count|time|times}, {tied} of them for the RDP listener. No later RDP logon was found.',
  'tls-policy-blocks-server.summary-listener':
    'Since {since} Schannel could not create a TLS credential for the RDP listener {count} {count|time|times}. No later RDP logon was found.',
  'tls-policy-blocks-server.summary-weak':
    'Since {since} Schannel could not create a TLS credential {count} {count|time|times}. Side or error state is not one whose meaning is known, so it may have another reason.',
  'tls-policy-blocks-server.summary-sampled':
    "Since {since} Schannel failed to create a TLS credential for a server more often than is kept here. The {count} {count|failure|failures} that were looked at {count|is|are} another service's; nobody looked whether others are the RDP listener's.",
  'tls-policy-blocks-server.summary-historic':
    'Between {since} and {last} Schannel could not create a TLS credential for a server. At {healed} a record proves that RDP worked again.',
  'tls-policy-blocks-server.summary-historic-once':
    'At {since} Schannel could not create a TLS credential for a server. At {healed} a record proves that RDP worked again.',
  'tls-policy-blocks-server.summary-refuted':
    'Schannel could not create a TLS credential for a server {count} {count|time|times}, but {count|for|each time for} another service than the RDP listener.',
  'tls-policy-blocks-server.cause':
    'Most often policy or registry switches off every TLS protocol or cipher suite that the listener could use. TLS 1.0 and 1.1 off with TLS 1.2 on is as it should be; TLS 1.2 off for the server side is not.',
  'tls-policy-blocks-server.cause-refuted':
    'The service that got no credential is another one: it does not keep anybody from logging on over RDP.',
  'tls-policy-blocks-server.certain-protocols':
    'SCHANNEL\\Protocols\\TLS 1.2\\Server (SYSTEM hive) is switched off. Needs the disk, not only its logs.',
  'tls-policy-blocks-server.certain-ciphers':
    'The cipher order of policy (SOFTWARE hive, SSL\\00010002, Functions) is empty, or FIPS rules out what is in it. Needs the disk, not only its logs.',

  // broker-out-of-step
  'broker-out-of-step.title': 'The Connection Broker and its database are out of step',
  'broker-out-of-step.title-elsewhere': 'Users are not passed on by the Connection Broker',
  'broker-out-of-step.story':
    'The broker was renamed after the farm was built, or can no longer reach its internal database because TLS 1.0 was switched off. It never becomes ready, and whoever has to pass it is not let in.',
  'broker-out-of-step.looked-for-database':
    'a broker that cannot use its database (SessionBroker 2056, in its Operational channel)',
  'broker-out-of-step.looked-for-redirection':
    'users that could not be passed on (SessionBroker-Client 1296, in its Operational channel)',
  'broker-out-of-step.looked-for-around':
    'a rename after the broker was set up (EventLog 6011), failing broker services, refused logons to the database (18456)',
  'broker-out-of-step.seen-elsewhere':
    'seen and not counted: {count} {count|record|records} of SessionBroker 2056 or SessionBroker-Client 1296 in {channel}, where the broker does not write them',
  'broker-out-of-step.summary-both':
    'Since {since} the Connection Broker could not use its database {failures} {failures|time|times}, and {users} {users|attempt|attempts} to pass a user on failed. No later sign that it worked was found.',
  'broker-out-of-step.summary-database':
    'Since {since} the Connection Broker could not use its database {failures} {failures|time|times}. No later sign that it worked was found.',
  'broker-out-of-step.summary-redirection':
    'Since {since} {users} {users|attempt|attempts} to pass a user on through the Connection Broker failed. No later sign that it worked was found.',
  'broker-out-of-step.summary-historic':
    'Between {since} and {last} the Connection Broker failed. At {healed} a record proves that it worked again.',
  'broker-out-of-step.summary-historic-once':
    'At {since} the Connection Broker failed. At {healed} a record proves that it worked again.',
  'broker-out-of-step.cause':
    'The broker does not get into its internal database. Most often either the computer was renamed after the farm was built, and the database still has the old name, or TLS 1.0, which the broker needs to reach the database on its own machine, was switched off.',
  'broker-out-of-step.cause-renamed':
    'The computer was renamed from {from} to {to} after the broker was set up. Most likely the logins and entries in its database still have the old name.',
  'broker-out-of-step.cause-old-name':
    'The farm was joined under a name that this computer no longer has. Most likely the logins and entries in its database still have the old name.',
  'broker-out-of-step.certain-name':
    'The name in force (SYSTEM hive) differs from the one the farm was built under, or the rename is younger than the broker service. Needs the disk, not only its logs.',
  'broker-out-of-step.certain-tls':
    'TLS 1.0 is switched off (SYSTEM hive) while broker and internal database are on one machine. Needs the disk, not only its logs.',
  'broker-out-of-step.cause-elsewhere':
    "The Connection Broker is another machine: here it is only told that its users were not passed on. Why, only the broker's own logs and disk tell.",
  'broker-out-of-step.cause-elsewhere-named':
    'The Connection Broker is another machine, {broker}: here it is only told that its users were not passed on. Why, only the logs and the disk of {broker} tell.',
  'broker-out-of-step.cause-perhaps-elsewhere':
    'Only the client side of the Connection Broker spoke, and no log of a broker was there. If this is not the broker itself, the cause lies on the broker: only its own logs and disk tell why users were not passed on.',
  'broker-out-of-step.cause-perhaps-elsewhere-named':
    'Only the client side of the Connection Broker spoke, no log of a broker was there, and the broker it names is {broker}. If this is not the broker itself, the cause lies there: only the logs and the disk of {broker} tell why users were not passed on.',
  'broker-out-of-step.certain-broker': 'The logs or the disk of the broker show why it passed nobody on.',
  'broker-out-of-step.certain-broker-named': 'The logs or the disk of {broker} show why it passed nobody on.',

  // Repair: steps that several scenarios share
  'repair.snapshot-first':
    'Take a snapshot of the disk, and attach a copy made from it to a rescue machine, here as {drive}. Work on the copy only.',
  'repair.load-software': 'Load the SOFTWARE hive of the broken Windows.',
  'repair.load-system': 'Load the SYSTEM hive of the broken Windows.',
  'repair.control-set':
    'Read which control set is in use. Where ControlSet00N stands below, put this number for N: only that one counts.',
  'repair.get-in':
    "RDP is what fails: get in by the serial console, the hypervisor's console, or the cloud's Run Command.",
  'repair.make-folder-own': "Make a folder for what is saved of this host. Another host's stays as it is.",
  'repair.make-folder-each':
    'Make a folder for what is saved, for each host its own: put its name, without blanks, where HOST stands.',
  'repair.unload-software': 'Unload the SOFTWARE hive, with no registry editor open on it.',
  'repair.unload-system': 'Unload the SYSTEM hive, with no registry editor open on it.',
  'repair.restart': 'Restart the machine: Schannel reads these values once.',
  'repair.rollback-offline': 'Go back to the snapshot; or attach the disk and take back, in this order, what was done:',
  'repair.rollback-live': 'Take back, in this order, what was done:',
  'repair.undo-import': 'Import what was saved: values that were there before come back.',
  'repair.swap-disk': 'Detach the disk, give it back to the machine, start it and connect.',

  // Repair: the listener's key
  'repair.key.offline-title': 'give the listener its key back',
  'repair.key.live-title': 'give the listener its key back, or have Windows make a new one',
  'repair.key.machine-guid':
    'Read MachineGuid. Where <MachineGuid> stands below, put this value: it is part of the name of the one key file that matters.',
  'repair.key.take':
    'Take the key file over for now: Windows itself owns it, and nobody else can change its permissions.',
  'repair.key.if-there': 'If the key file is not there, skip to the certificate.',
  'repair.key.save-permissions': "Save the key file's permissions.",
  'repair.key.remove-denials': 'Remove denials for SYSTEM and NETWORK SERVICE: a denial beats any permission.',
  'repair.key.grant-with-session-env':
    'Give SYSTEM and SessionEnv, which renews the certificate, full control of this one file, and NETWORK SERVICE the right to read it.',
  'repair.key.grant-with-administrators':
    'Give SYSTEM full control of this one file, and NETWORK SERVICE and Administrators the right to read it.',
  'repair.key.grant-newer':
    'From build 17763 on (Windows 10 1809, Server 2019): give SYSTEM and SessionEnv, which renews the certificate, full control of this one file, and NETWORK SERVICE the right to read it.',
  'repair.key.grant-older':
    'Before build 17763: give SYSTEM full control of this one file, and NETWORK SERVICE and Administrators the right to read it.',
  'repair.key.give-back': 'Make SYSTEM its owner again.',
  'repair.key.rename-container':
    'Only if the status was "Object already exists", or the file cannot be repaired: set it aside, so that Windows makes a new key.',
  'repair.key.rename-container-exists':
    'Set the key file aside, so that Windows makes a new key: the records say "Object already exists".',
  'repair.key.rename-container-closed':
    'Only if one of these steps failed: set the key file aside, so that Windows makes a new key.',
  'repair.key.rename-container-failing':
    'Only if it still fails: set the key file aside, so that Windows makes a new key.',
  'repair.key.list-store':
    'List the certificates of the listener. None is no fault: Windows makes one when the service starts.',
  'repair.key.export-store': 'Save the store before changing it.',
  'repair.key.delete-certificate':
    'Only if the certificate has expired, or its key file is missing or was set aside: delete it. Where <Thumbprint> stands, put its name from the list. Windows makes a new pair at the next start.',
  'repair.key.folder-last':
    'Give the folder itself the permissions of a fresh Windows, not what is in it. Never grant NETWORK SERVICE the whole folder: it holds the private keys of every other service.',
  'repair.key.restart-services': 'Restart the two services. This ends the remote sessions there are.',
  'repair.key.restart-again':
    'Only if a key was set aside or a certificate deleted: restart the two services again, and look for event 1056, which tells of the new certificate.',
  'repair.key.list-certificates':
    'If a key was set aside, or it still fails, list the certificates of the listener. There may be none, or several.',
  'repair.key.remove-certificate':
    'Remove the one that has expired, has no private key, or whose key was set aside. Where <Thumbprint> stands, put its thumbprint.',
  'repair.key.pinned':
    'See whether a certificate was chosen for the listener by hand. If one is named here, that one needs its key repaired; do not remove the value on a Connection Broker.',
  'repair.key.pinned-known':
    'Certificate {thumbprint} was chosen for the listener by hand: that one needs its key repaired. Do not take the choice back on a Connection Broker.',
  'repair.key.risk': 'low: one file. Only the last step touches the folder of keys.',
  'repair.key.save-folder':
    'Only if it still fails with "Access is denied" when a new key is made: attach the disk once more, and save the permissions of the folder of keys.',
  'repair.key.undo-folder': 'Put the permissions of the folder of keys back.',
  'repair.key.undo-container':
    'Give the key its name back. If Windows has made a new one the name is taken: leave both.',
  'repair.key.undo-take':
    'Only if the key file is not one that Windows made since, this step and the next two: take it over again.',
  'repair.key.undo-permissions': 'Put its permissions back.',
  'repair.key.undo-restart': 'Nothing undoes a restart of the services: users log on again.',

  // Repair: no room for the key
  'repair.space.title': 'make room for the new key',
  'repair.space.look': 'See how much of the disk is free.',
  'repair.space.list': 'See what lies where room can most often be spared.',
  'repair.space.free':
    'Make room: delete what is not needed, such as a memory dump (Windows\\MEMORY.DMP), move it to another disk, or enlarge the disk. Leave the key files in ProgramData\\Microsoft\\Crypto, and the event logs.',
  'repair.space.look-again': 'See whether there is room now. A key and a certificate need little; Windows needs more.',
  'repair.space.risk': 'low: permissions, key and certificate stay as they are. What is deleted is gone.',
  'repair.space.undo': 'Move back what was moved away.',

  // Repair: TLS policy
  'repair.tls.offline-title': 'switch TLS 1.2 on for the server side',
  'repair.tls.live-title': 'switch TLS 1.2 on for the server side',
  'repair.tls.export':
    'Save the keys before changing them. If there are none, every protocol has its default, and the cipher order is the place to look.',
  'repair.tls.show':
    'Look at what is switched off. A value that is absent means the default of this Windows; keys named Client do not govern the listener.',
  'repair.tls.enable': 'Switch TLS 1.2 on for the server side. Leave TLS 1.0 and 1.1 as they are.',
  'repair.tls.enable-by-default': 'Let the server side offer it without being asked.',
  'repair.tls.old-windows':
    'Only Windows 7 and Server 2008 R2: RDP needs update KB3080079 for TLS 1.2. Without it, switch TLS 1.0 on until the update is there.',
  'repair.tls.ciphers':
    'Look at the cipher order that policy sets. Absent is no fault; empty, or without a suite that this Windows knows, is.',
  'repair.tls.fips': 'Look whether FIPS mode is on (1). It rules out more ciphers.',
  'repair.tls.domain-policy': 'If a domain policy made these settings, correct it there too, or it comes back.',
  'repair.tls.risk':
    'low: TLS 1.2 is what should be on. The exception for Windows 7 and Server 2008 R2 weakens security while it lasts.',
  'repair.tls.undo-by-default': 'Remove the value that let the server side offer it.',
  'repair.tls.undo-enable': 'Remove the value that switched TLS 1.2 on.',
  'repair.tls.undo-order': 'Import the cipher order that was saved.',

  // Repair: the broker
  'repair.broker.live-title': 'bring broker, database and name together again',
  'repair.broker.offline-title': 'nothing is supported offline; TLS 1.0 can be given back to the database',
  'repair.broker.get-in':
    "Get in past the broker: with an administrative session from another computer, this one's name where COMPUTER stands, or by the serial console.",
  'repair.broker.get-in-named':
    'Get in past the broker: with an administrative session from another computer, or by the serial console.',
  'repair.snapshot-live': 'Take a snapshot of the machine: what comes cannot be taken back without it.',
  'repair.broker.names': 'Compare the name in force with the name the farm was built under, which event 1281 tells.',
  'repair.broker.services': 'See which of the services run: the broker, its management service, the internal database.',
  'repair.broker.tls':
    'See whether TLS 1.0 is switched off. The broker needs it to reach an internal database on its own machine.',
  'repair.broker.reinstall-note':
    'Only if the server was renamed: what is supported is to set broker and database up again under the new name. First note collections, published programs, certificates and licence settings: they are lost.',
  'repair.broker.remove':
    'Only if it was renamed: remove the broker and the internal database. The machine restarts. Another role that uses the database would lose it too.',
  'repair.broker.install': 'Only if it was renamed: install both again. The machine restarts.',
  'repair.broker.rebuild':
    'Only if it was renamed: set the deployment up again in Server Manager: servers, collections, certificates, licensing.',
  'repair.broker.reinstall-note-renamed':
    'What is supported is to set broker and database up again under the new name. First note collections, published programs, certificates and licence settings: they are lost.',
  'repair.broker.remove-renamed':
    'Remove the broker and the internal database. The machine restarts. Another role that uses the database would lose it too.',
  'repair.broker.install-renamed': 'Install both again. The machine restarts.',
  'repair.broker.rebuild-renamed':
    'Set the deployment up again in Server Manager: servers, collections, certificates, licensing.',
  'repair.broker.risk': "high: setting up anew loses the farm's settings. Take a snapshot first.",
  'repair.broker.risk-or-tls':
    "high: setting up anew loses the farm's settings; TLS 1.0 is weak. Take a snapshot first.",
  'repair.broker.rollback': 'Go back to the snapshot.',
  'repair.broker.rollback-or-tls': 'Go back to the snapshot; if only TLS 1.0 was switched on, take that back:',
  'repair.broker.not-offline': 'A renamed broker cannot be put right on a detached disk in any way that is supported.',
  'repair.broker.no-offline':
    'A renamed broker cannot be put right on a detached disk in any way that is supported. The steps below help only where TLS 1.0 is switched off.',
  'repair.broker.enable-server': 'If it is: switch TLS 1.0 on for the server side.',
  'repair.broker.enable-client': 'And for the client side, which the broker is.',
  'repair.broker.tls-risk':
    'TLS 1.0 is weak: use it only until the database has moved to an SQL Server that the broker reaches over TLS 1.2.',
  'repair.broker.undo-client': 'Remove the value that switched TLS 1.0 on for the client side.',
  'repair.broker.undo-server': 'Remove that of the server side.',
}
