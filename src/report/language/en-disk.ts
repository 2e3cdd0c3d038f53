/** What scenarios say of a disk, in English: what it proves, what it leaves open, and how that is repaired. */
export const englishDisk: Readonly<Record<string, string>> = {
  'rule.disk-not-whole': 'What was collected of the disk shows no cause, and not all of it could be looked at',
  'rule.disk-tls-1.2-held':
    'On the disk DisabledByDefault is {value} for TLS 1.2 on the server side: whether the RDP listener may still use it is not documented',
  'rule.disk-shows-no-cause': 'The disk was looked at and shows none of the known causes',
  'rule.disk-does-not-count':
    'It does not count here: it came after the last failure or waits for the next start of Windows, RDP has worked with it, or these records tell of something else',
  'rule.trigger-not-seen': 'Whether a record tells of a failure is not known: {channels} could not be looked at',
  'rule.written-hours-before':
    'What proves it was last written at {written}, {hours} {hours|hour|hours} before the first failure at {first}',
  'rule.written-minutes-before':
    'What proves it was last written at {written}, {minutes} {minutes|minute|minutes} before the first failure at {first}',
  'rule.no-trigger': 'No record tells of a failure',
  'rule.trigger-healed': 'The failures that records tell of are over: a later one proves that it worked again',
  'rule.trigger-others': "The failures that records tell of are another service's",

  'disk.alone':
    'No record of a failure was found, but the disk shows what would keep everybody from logging on over RDP.',
  'disk.alone-waits':
    'The disk shows what will keep everybody from logging on over RDP from the next start of Windows on: it was written since the last one.',
  'disk.alone-healed':
    'The failures in the records are over, but the disk shows what would keep everybody from logging on over RDP now.',
  'disk.alone-others':
    "The failures in the records are another service's, but the disk shows what would keep everybody from logging on over RDP.",
  'disk.certain-trigger': 'A record of the failure in the window. None was found in the logs that were there.',
  'disk.certain-choice':
    'Which certificate the listener uses: SSLCertificateSHA1Hash in SYSTEM, a certificate template or another store. It is not known, so that another one may be in use.',
  'disk.certain-access': 'NETWORK SERVICE is not allowed to read {file}. Its permissions were not to be had.',

  // The listener's key
  'disk.key-missing':
    'The certificate {thumbprint} is in the store, and the file of its private key, {file}, is not in its folder',
  'disk.key-missing.cause':
    'The certificate is there and the file of its private key is gone. Windows keeps the certificate and asks for the key at every connection, in vain.',
  'disk.machine-guid-changed':
    'The key file of certificate {thumbprint} should be {file}; there is {other} instead, made under another MachineGuid',
  'disk.machine-guid-changed.cause':
    'The MachineGuid changed after the key was made, as when a machine is cloned: Windows looks for the key file under a name that no file has.',
  'disk.key-denied': 'NETWORK SERVICE is not allowed to read the key file {file}, by its permissions',
  'disk.key-denied.cause':
    'The Remote Desktop service runs as NETWORK SERVICE and is not allowed to read the file of its private key. Windows does not put such permissions right by itself.',
  'disk.key-closed-to-renewal':
    'The service that renews the certificate (SessionEnv) is not allowed to read the key file {file}',
  'disk.key-closed-to-renewal.cause':
    'The service that makes and renews the certificate cannot open the key container there is, so that no new one can take its place.',
  'disk.store-denied': 'SYSTEM is not allowed to write the registry key of the certificate store "Remote Desktop"',
  'disk.store-denied.cause':
    "The registry key that holds the listener's certificate is closed to SYSTEM: a new certificate cannot be stored, and the old one not be replaced.",
  'disk.crypto-keys-closed':
    'The certificate store is empty, and SYSTEM is not allowed to make files in the folder of CNG keys (Crypto\\Keys)',
  'disk.crypto-keys-closed.cause':
    'No new key can be made in the folder of CNG keys, and without a key there is no certificate.',
  'disk.pinned-missing': 'The listener is told to use certificate {thumbprint}, which no store holds',
  'disk.pinned-missing.cause':
    'The listener is told to use one certificate (SSLCertificateSHA1Hash) that is not there any more; its own certificate, which Windows takes in its place, did not help.',
  'disk.pinned-expired': 'The listener is told to use certificate {thumbprint}, which expired at {expired}',
  'disk.pinned-expired.cause': 'The listener is told to use one certificate (SSLCertificateSHA1Hash) that has expired.',
  'disk.certificate-expired': "The listener's certificate {thumbprint} expired at {expired} and was not replaced",
  'disk.certificate-expired.cause':
    'The certificate of the listener has expired, and every attempt to replace it fails.',
  'disk.certificate-expired-denied.cause':
    'The certificate of the listener has expired, and every attempt to replace it fails with "Access is denied". Expiry alone does not explain that: the permissions of the key file, which were not to be had, most likely do.',
  'disk.machine-keys-closed':
    'A risk, and no cause by itself: SYSTEM is not allowed to make files in MachineKeys, so that the next key cannot be made',

  // TLS
  'disk.no-protocol': 'On the server side {versions} are all off',
  'disk.no-protocol.cause':
    'Every TLS protocol is switched off for the server side: the listener has nothing to offer to any client.',
  'disk.tls-1.2-off': 'TLS 1.2 is switched off for the server side; what is left: {versions}',
  'disk.tls-1.2-off.cause':
    'TLS 1.2 is switched off for the server side. What is left is older than what clients and policies of today accept.',
  'disk.no-tls-update':
    'TLS 1.0 is off for the server side, and the update that taught Remote Desktop TLS 1.2 (KB3080079) is not listed',
  'disk.no-tls-update.cause':
    'On this Windows, Remote Desktop speaks nothing newer than TLS 1.0 without update KB3080079, and TLS 1.0 is switched off.',
  'disk.no-cipher': 'The cipher order (SSL\\00010002, Functions) is set and empty',
  'disk.no-cipher.cause': 'The order of cipher suites is set and names none: no TLS connection can be agreed on.',
  'disk.no-usable-cipher':
    'The cipher order (SSL\\00010002, Functions) names no suite that goes with the certificate and protocols there are',
  'disk.no-usable-cipher.cause':
    "The order of cipher suites names none that the listener's certificate and protocols can be used with.",
  'disk.strange-value': '{name} is {value}; Windows knows {least} to {most}',
  'disk.strange-value.cause': 'A setting of the listener has a value that Windows does not know.',
  'disk.tls-not-used': 'The security layer of the listener is 0: it does not use TLS at all',
  'disk.tls-not-used.cause':
    'The listener is set to the old RDP security layer and needs no TLS credential: the failure keeps nobody from logging on.',
  'disk.tls-1.2-on': 'TLS 1.2 is on for the server side (by {by}), and no policy takes its cipher suites away',
  'disk.tls-1.2-on.cause':
    'TLS 1.2 is in effect for the server side and no policy takes its cipher suites away: the listener has something to offer, and the failure has another reason.',
  'tls-policy-blocks-server.summary-excused':
    'Since {since} Schannel could not create a TLS credential for a server {count} {count|time|times}, but the disk shows that the listener has what it needs.',
  'tls-policy-blocks-server.summary-excused-listener':
    'Since {since} Schannel could not create a TLS credential for the RDP listener {count} {count|time|times}, although the disk leaves it protocols and cipher suites to offer: the listener did fail, so look next at its certificate and key, and at the protocols and cipher suites that clients offer.',

  // The broker
  'disk.broker-renamed': 'The broker was set up as {from}, and the computer is {to} now',
  'disk.broker-renamed.cause':
    'The computer was renamed from {from} to {to} after the broker was set up. The logins and entries in its database still have the old name.',
  'disk.broker-tls-1.0-off':
    'TLS 1.0 is off ({key}), broker and internal database are on this machine, and the database fails',
  'disk.broker-tls-1.0-off.cause':
    'The broker reaches the internal database on its own machine over TLS 1.0 (KB4036954), which was switched off.',
  'disk.name-pending': 'A rename from {now} to {next} waits for the next start: not yet in force',

  // Settings that switch Remote Desktop off, beside what was found
  'also.refused':
    'Remote connections are switched off: fDenyTSConnections is {value} in SYSTEM\\{key}, last written {written}. Nobody gets in over RDP before it is 0, whatever else is repaired.',
  'also.refused-by-policy':
    'Policy switches remote connections off: fDenyTSConnections is {value} in SOFTWARE\\{key}, last written {written}, and goes before the setting of the machine. Nobody gets in over RDP before the policy is changed, whatever else is repaired.',
  'also.refused-unless-policy':
    'Remote connections are switched off: fDenyTSConnections is {value} in SYSTEM\\{key}, last written {written}. Nobody gets in over RDP before it is 0, unless a policy (SOFTWARE hive), which could not be looked at, says otherwise.',
  'also.logons-disabled':
    'Logons over RDP are switched off: fLogonDisabled is {value} in SYSTEM\\{key}, last written {written}.',
  'also.listener-off':
    'The RDP listener is switched off: fEnableWinStation is {value} in SYSTEM\\{key}, last written {written}.',
  'also.service-disabled':
    'The Remote Desktop service is disabled: Start is {value} in SYSTEM\\{key}, last written {written}.',

  // Repair, where the disk proved what is to be repaired
  'repair.key.risk-proven': 'low: only what the disk proved to be wrong is touched.',
  'repair.key.open-store':
    "Save who may do what with the store's keys, take the denials away, and give SYSTEM full control. Other rights stay.",
  'repair.key.open-crypto-keys': 'Give SYSTEM and Administrators the folder of CNG keys back.',
  'repair.key.export-listener': "Save the listener's settings.",
  'repair.key.show-file': 'Take the System attribute off the file: "ren" finds none that has it.',
  'repair.key.hide-file': 'Give the file its attribute back.',
  'repair.key.unpin':
    'Let the listener go back to its own certificate: it is told to use {thumbprint}. If it must be that one, import it again with its key instead.',
  'repair.tls.export-proven': 'Save the keys before changing them.',
  'repair.tls.cipher-title': 'take the cipher order of policy away',
  'repair.tls.cipher-risk': 'low: Windows goes back to its own order of cipher suites.',
  'repair.tls.export-order': 'Save the order before removing it.',
  'repair.tls.delete-order': 'Remove the order. Windows then uses its default.',
  'repair.broker.tls-title': 'give TLS 1.0 back to broker and database',
  'repair.broker.nothing-offline': 'nothing is supported offline',
  'repair.key.drop-certificate':
    "Delete this certificate. Windows makes a new one, with a new key, at the service's next start.",
  'repair.key.drop-certificate-if':
    "Only if this certificate has expired, or its key file is missing or was set aside: delete it. Windows makes a new one, with a new key, at the service's next start.",
  'repair.key.drop-certificate-if-aside':
    "Only if the key file was set aside: delete its certificate. Windows makes a new one, with a new key, at the service's next start.",
  'repair.key.remove-denials-seen': 'Remove the denials that were seen: a denial beats any permission.',
  'repair.key.risk-live': 'low: one key file, and a certificate that Windows makes anew.',
  'repair.key.undo-certificate':
    'A deleted certificate needs no undoing: Windows makes a new one. The old one is in {file}.',
  'repair.key.undo-store': 'Put the permissions of the store back.',
  'repair.key.take-crypto-keys':
    'Take the folder of CNG keys over for now: Windows itself owns it, and nobody else can change its permissions.',
  'repair.key.undo-take-crypto-keys': 'Take the folder of CNG keys over again.',
  'repair.key.undo-crypto-keys': 'Put the permissions of the folder of CNG keys back.',
  'repair.key.undo-pin': "Import the listener's settings as they were.",
  'repair.key.save-crypto-keys': 'Save the permissions of the folder of CNG keys.',
  'repair.broker.elsewhere-title': 'look at the broker, another machine: nothing is to be changed on this one',
  'repair.broker.is-it-here':
    'See whether this machine is the broker itself: it is if this service is there. Then collect its log TerminalServices-SessionBroker/Operational too, or its disk, and analyse it again.',
  'repair.broker.which': 'If it is not, read the name of the broker; event 1281 of SessionBroker-Client tells it too.',
  'repair.broker.collect':
    'Collect the logs or the disk of the broker and analyse them first: only they tell what is to be repaired, and it is to be repaired there.',
  'repair.broker.collect-named':
    'Collect the logs or the disk of {broker}, the broker, and analyse them first: only they tell what is to be repaired, and it is to be repaired there.',
  'repair.broker.tls-export': 'Save the keys of TLS 1.0 before changing them.',
  'repair.broker.enable-server-proven': 'Switch TLS 1.0 on for the server side.',
  'repair.broker.server-by-default': 'Let the server side use TLS 1.0 without being asked: DisabledByDefault is set.',
  'repair.broker.server-by-default-unseen': 'Let the server side use TLS 1.0 without being asked.',
  'repair.broker.client-by-default': 'Let the client side use TLS 1.0 without being asked.',
  'repair.broker.undo-client-by-default': 'Remove the value that let the client side use TLS 1.0 without being asked.',
  'repair.broker.undo-server-by-default': 'Remove the value that let the server side use TLS 1.0 without being asked.',
  'repair.broker.tls-restart': 'If it was off: restart the machine. If users get in then, stop here.',
  'repair.risk-cut-hive':
    'high: the {hives} {count|hive is|hives are} cut short. Do not load {count|it|them} like this: copy the disk again and analyse that copy; if {count|it is|they are} cut there too, restore {count|it|them} from a backup first.',
  'repair.risk-no-control-set':
    'high: Select\\Current names {name}, which is not in the SYSTEM hive, so that nobody knows which control set counts. A value that is added to one that is not there makes a stub of it.',
  'repair.control-set-lost':
    'See which control sets there are: {name}, which Select\\Current names, is not one of them. Go on only when you know which one Windows is to start with, and put its number for N below.',
  'repair.tls.risk-known': 'low: TLS 1.2 is what should be on.',
}
