#!/usr/bin/env node
// Stands for `codex app-server`: speaks its documented protocol, does in each turn what a test's scenario says, and
// writes down what it was sent. The last word of its command line is the scenario: JavaScript in base64, an object
// {answers: {method: result or null for none}, turns: [async (codex) => …]}; the last turn stands for all later ones.
'use strict';
const fs = require('fs');
const http = require('http');

const home = process.env.HOME;
const note = (what) => fs.appendFileSync(home + '/sent.jsonl', JSON.stringify(what) + '\n');
const scenario = eval('(' + Buffer.from(process.argv.at(-1), 'base64').toString() + ')');
const send = (message) => process.stdout.write(JSON.stringify(message) + '\n');

let questions = 100;
let turn = 0;
let interrupted = () => {};
const waiting = new Map();
const thread = 'thread-' + process.pid;

const codex = {
  send,
  thread,
  raw: (text) => process.stdout.write(text),
  complain: (text) => process.stderr.write(text),
  exit: (code) => process.exit(code),
  write: (path, text) => fs.writeFileSync(path, text),
  note,
  message: (text) => send({method: 'item/completed', params: {item: {type: 'agentMessage', text}}}),
  done: (status = 'completed', error) =>
    send({method: 'turn/completed', params: {threadId: thread, turn: {id: 'turn-' + turn, status, error}}}),
  ask: (method, params) =>
    new Promise((answered) => {
      const id = ++questions;
      waiting.set(id, (answer) => {
        note({answer: method, ...answer});
        answered(answer);
      });
      send({method, id, params});
    }),
  model: () => new Promise((answered) => call(answered, 50)),
  until: (file) =>
    new Promise((there) => {
      const look = setInterval(() => {
        if (fs.existsSync(home + '/' + file)) {
          clearInterval(look);
          there();
        }
      }, 20);
    }),
  hang: () => new Promise(() => {}),
};

// One call of the model, through the address and with the token it was given. The way there may need a moment.
function call(answered, tries) {
  const config = fs.readFileSync(process.env.CODEX_HOME + '/config.toml', 'utf8');
  const base = /base_url = "(.*)"/.exec(config)[1];
  const body = JSON.stringify({model: 'scripted', input: [], stream: false});
  const headers = {
    'Authorization': 'Bearer ' + process.env.MILLWRIGHT_MODEL_TOKEN,
    'Content-Type': 'application/json',
    'Content-Length': Buffer.byteLength(body),
  };
  const request = http.request(base + '/responses', {method: 'POST', headers}, (response) => {
    response.on('data', () => {});
    response.on('end', () => answered(response.statusCode));
  });
  request.on('error', () => (tries > 0 ? setTimeout(() => call(answered, tries - 1), 50) : answered(0)));
  request.end(body);
}

const answers = {
  'initialize': () => ({userAgent: 'fake'}),
  'thread/start': () => ({thread: {id: thread}}),
  'thread/resume': (params) => ({thread: {id: params.threadId}}),
  'turn/start': () => ({turn: {id: 'turn-' + (turn + 1), status: 'inProgress'}}),
  'turn/interrupt': () => ({}),
};

async function heard(message) {
  note(message);
  if (!message.method) {
    const answered = waiting.get(message.id);
    waiting.delete(message.id);
    if (answered) answered(message);
    return;
  }
  if (message.id === undefined) return;
  const own = scenario.answers && scenario.answers[message.method];
  if (own === null) return;
  const answer = own !== undefined ? own : answers[message.method] && answers[message.method](message.params);
  send(answer ? {id: message.id, result: answer} : {id: message.id, error: {code: -32601, message: 'no such method'}});
  if (message.method === 'turn/start') {
    turn++;
    const turns = scenario.turns;
    const ended = new Promise((stop) => (interrupted = stop));
    await Promise.race([turns[Math.min(turn, turns.length) - 1](codex, message.params), ended]);
  } else if (message.method === 'turn/interrupt' && !scenario.stubborn) {
    interrupted();
    codex.done('interrupted');
  }
}

note({started: {cwd: process.cwd(), words: process.argv.slice(2, -1), environment: process.env}});
require('readline')
  .createInterface({input: process.stdin})
  .on('line', (line) => heard(JSON.parse(line)))
  .on('close', () => process.exit(0));
